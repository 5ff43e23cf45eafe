import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlanInput } from '#lib/contracts/operations.ts';
import { ForgeError } from '#lib/ports/forge.ts';
import { configMap } from '#lib/testing/house.ts';
import { SETTINGS, Stage } from '#lib/testing/stage.ts';
import { updateRepository } from '../repositories/update.ts';
import { runOperation } from './run.ts';

let stage: Stage;
let good: string;
beforeEach(async () => {
  stage = await Stage.open({ name: 'web' });
  await stage.sync();
  good = (await stage.house.database.prisma.deployment.findFirstOrThrow()).id;
  await stage.push('Break', { 'app/config.yaml': configMap('settings', { level: '2' }) });
  await stage.sync();
  await updateRepository(stage.house.as('admin'), { id: stage.app.repositoryId, change: { forge: 'gitea' } });
});
afterEach(() => stage.house.stop());

const input = (extra: object = {}): PlanInput => ({
  kind: 'rollback-git',
  deploymentId: good,
  reason: 'it broke',
  newBranch: 'rollback/web',
  pullRequest: true,
  ...extra,
});

describe('a roll back by pull request', () => {
  it('pushes the branch, opens it with why and where, and changes nothing in the cluster', async () => {
    const plan = await stage.plan(input());
    expect(plan.result?.git).toMatchObject({ newBranch: 'rollback/web', forge: 'gitea' });
    const done = await stage.finish(await stage.click(plan));
    expect(done).toMatchObject({
      phase: 'succeeded',
      pullRequestUrl: 'https://forge.example/pulls/1',
      message: expect.stringMatching(
        /^Pushed [0-9a-f]{7} to rollback\/web and opened pull request 1\. Merge it to roll back\.$/,
      ),
    });
    expect(stage.house.forge.pulls).toMatchObject([
      {
        forge: 'gitea',
        head: 'rollback/web',
        base: 'main',
        title: expect.stringMatching(/^Roll back web to [0-9a-f]{7}$/),
        body: expect.stringMatching(/^it broke\n[^]*Link: http:\/\/quarterdeck\.test\/applications\//),
      },
    ]);
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '2' });
    expect((await stage.audit()).slice(-3)).toEqual([
      'rollback.commit succeeded',
      'rollback.propose succeeded',
      'rollback.finish succeeded',
    ]);
  });

  it('waits for a forge that does not answer, and pushes and opens once', async () => {
    stage.house.forge.failure = () => new ForgeError('unreachable', 'no route');
    const id = await stage.click(await stage.plan(input()));
    expect(await runOperation(stage.house.ctx, id)).toBeGreaterThan(0);
    stage.later(60_000);
    expect(await runOperation(stage.house.ctx, id)).toBeGreaterThan(0);
    stage.house.forge.failure = () => undefined;
    stage.later(60_000);
    expect(await stage.finish(id)).toMatchObject({ phase: 'succeeded' });
    expect(stage.house.forge.pulls).toHaveLength(1);
    const audit = await stage.audit();
    expect(audit.filter((line) => line.startsWith('rollback.commit'))).toHaveLength(1);
    expect(audit.filter((line) => line.startsWith('rollback.propose'))).toHaveLength(1);
  });

  it('finds the one that a worker opened before it died', async () => {
    const id = await stage.click(await stage.plan(input()));
    let isFirst = true;
    const { forge } = stage.house;
    const open = forge.openPullRequest.bind(forge);
    forge.openPullRequest = async (...given) => {
      const pull = await open(...given);
      if (isFirst) {
        isFirst = false;
        throw new ForgeError('timeout', 'the worker was cut off');
      }
      return pull;
    };
    await runOperation(stage.house.ctx, id);
    stage.later(60_000);
    expect(await stage.finish(id)).toMatchObject({
      phase: 'succeeded',
      pullRequestUrl: 'https://forge.example/pulls/1',
    });
    expect(forge.pulls).toHaveLength(1);
  });

  it('that is refused says where the commit is', async () => {
    stage.house.forge.failure = () => new ForgeError('refused', 'main is locked.');
    const done = await stage.finish(await stage.click(await stage.plan(input())));
    expect(done).toMatchObject({
      phase: 'failed',
      message: 'The commit is on branch rollback/web, but no pull request was opened. main is locked.',
    });
    expect(stage.house.forge.calls).toBe(1);
  });

  it.each([
    [{ newBranch: undefined }, 'gitea', 'A pull request needs a new branch: name one.'],
    [{}, null, /^What hosts repo-\d+ is not known: say it in the settings of the repository\.$/],
  ] as const)('%j on %s is refused by the plan', async (extra, forge, message) => {
    await updateRepository(stage.house.as('admin'), { id: stage.app.repositoryId, change: { forge } });
    const plan = await stage.plan(input(extra));
    expect(plan.result?.guards).toContainEqual({
      level: 'block',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      typedName: null,
    });
    await expect(stage.click(plan)).rejects.toMatchObject({ code: 'refused' });
  });
});
