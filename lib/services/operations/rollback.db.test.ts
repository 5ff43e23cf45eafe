import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlanInput } from '#lib/contracts/operations.ts';
import { configMap } from '#lib/testing/house.ts';
import { SETTINGS, Stage } from '#lib/testing/stage.ts';
import { repositoryEndpoint } from '../repositories/endpoint.ts';
import { runOperation } from './run.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.house.stop());

describe('roll back by Git revert', () => {
  let good: string;
  beforeEach(async () => {
    await stage.sync();
    good = (await stage.house.database.prisma.deployment.findFirstOrThrow()).id;
    await stage.push('Break', {
      'app/config.yaml': configMap('settings', { level: '2' }),
      'app/new.yaml': configMap('new', {}),
      'other/file.txt': 'untouched',
    });
    await stage.sync();
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '2' });
  });
  const input = (extra = {}): PlanInput => ({ kind: 'rollback-git', deploymentId: good, reason: 'it broke', ...extra });

  it('commits what the deployment rendered, and applies it', async () => {
    const view = await stage.plan(input());
    expect(view).toMatchObject({ state: 'ready', error: null });
    expect(view.result?.git).toMatchObject({ branch: 'main', empty: false, sharedWith: [] });
    expect(view.result?.counts.prune).toBe(1);
    const done = await stage.finish(await stage.click(view));
    expect(done).toMatchObject({ phase: 'succeeded', commitSha: view.result?.git?.commitSha });
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '1' });
    expect(stage.house.live.get('/ConfigMap/shop/new')).toBeUndefined();
    expect(await stage.follow()).toBe(view.result?.git?.commitSha);
    const endpoint = await repositoryEndpoint(stage.house.ctx, stage.app.repositoryId);
    const commit = await stage.house.ctx.ports.source.commit(endpoint, view.result?.git?.commitSha ?? '');
    expect(`${commit.subject}\n${commit.body}`).toMatch(
      /Roll back app-\d+ to [0-9a-f]{7}[^]*it broke[^]*\/applications\//,
    );
    const [kept] = await stage.house.ctx.ports.source.hashes(endpoint, commit.sha, ['other/file.txt']);
    expect(kept?.hash).toMatch(/^[0-9a-f]{40}$/);
    expect(await stage.audit()).toContain('rollback.commit succeeded');
  });

  it('warns that what a hook of the deployed revision did stays done', async () => {
    const hook = configMap('migrated', { level: '3' }).replace(
      'metadata:',
      'metadata:\n  annotations:\n    quarterdeck.dev/hook: PreSync',
    );
    await stage.push('Migrate', { 'app/hook.yaml': hook });
    await stage.sync();
    const { result } = await stage.plan(input());
    expect(result?.guards).toContainEqual({
      level: 'warn',
      message: expect.stringContaining('such as a migration: ConfigMap migrated.'),
      typedName: null,
    });
  });

  it('does not overwrite a branch that moved', async () => {
    const view = await stage.plan(input());
    const id = await stage.click(view);
    const moved = await stage.house.git.pushCommit({
      repository: stage.app.repository,
      subject: 'Meanwhile',
      files: { 'app/x.txt': '1' },
    });
    const done = await stage.finish(id);
    expect(done).toMatchObject({ phase: 'failed', message: expect.stringContaining('changed since the plan') });
    expect(await stage.follow()).toBe(moved.after);
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '2' });
  });

  it('can leave the commit on a branch of its own', async () => {
    const view = await stage.plan(input({ newBranch: 'roll-back/app' }));
    const head = await stage.follow();
    const done = await stage.finish(await stage.click(view));
    expect(done).toMatchObject({ phase: 'succeeded', message: expect.stringContaining('roll-back/app') });
    expect(await stage.follow()).toBe(head);
    expect(await stage.follow('roll-back/app')).toBe(view.result?.git?.commitSha);
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '2' });
  });

  it('pushes once when the worker dies after the push', async () => {
    const view = await stage.plan(input());
    const id = await stage.click(view);
    const push = stage.house.ctx.ports.source.push.bind(stage.house.ctx.ports.source);
    let pushes = 0;
    const dying = {
      ...stage.house.ctx,
      ports: {
        ...stage.house.ctx.ports,
        source: {
          ...stage.house.ctx.ports.source,
          push: async (...args: Parameters<typeof push>) => {
            await push(...args);
            pushes += 1;
            throw new Error('killed');
          },
        },
      },
    };
    const abort = new AbortController();
    abort.abort(new Error('killed'));
    await expect(runOperation(dying, id, abort.signal)).rejects.toThrow();
    await runOperation(dying, id).catch(() => undefined);
    await stage.house.database.prisma.operation.updateMany({
      where: { id },
      data: { phase: 'running', finishedAt: null },
    });
    const done = await stage.finish(id);
    expect([pushes, done.phase]).toEqual([1, 'succeeded']);
    const endpoint = await repositoryEndpoint(stage.house.ctx, stage.app.repositoryId);
    const head = await stage.follow();
    const commits = await stage.house.ctx.ports.source.log(endpoint, { to: head, limit: 10 });
    expect(commits.filter((commit) => commit.subject.startsWith('Roll back'))).toHaveLength(1);
  });

  it('pushes once however often its waves are looked at, also when the branch went on since', async () => {
    const image = (tag: string) =>
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n' +
      `spec: {replicas: 1, template: {spec: {containers: [{name: c, image: "web:${tag}"}]}}}\n`;
    const late =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: late, annotations: {quarterdeck.dev/sync-wave: "1"}}\n';
    const { live, git, database } = stage.house;
    const say = (availableReplicas: number) => {
      const web = live.get('apps/Deployment/shop/web');
      if (web) live.put({ ...web, status: { replicas: 1, updatedReplicas: 1, availableReplicas } });
    };
    live.onApplied = ({ kind }) => kind === 'Deployment' && say(1);
    await stage.push('Deploy', { 'app/web.yaml': image('1'), 'app/late.yaml': late });
    const { id: operationId } = await stage.sync(true);
    good = (await database.prisma.deployment.findFirstOrThrow({ where: { operationId } })).id;
    await stage.push('Break', { 'app/web.yaml': image('broken') });
    await stage.sync();
    live.onApplied = ({ kind }) => kind === 'Deployment' && say(0);
    const id = await stage.click(await stage.plan(input()));
    expect(await runOperation(stage.house.ctx, id)).toBeGreaterThan(0);
    await git.pushCommit({ repository: stage.app.repository, subject: 'Meanwhile', files: { 'other/x.txt': '1' } });
    expect(await runOperation(stage.house.ctx, id)).toBeGreaterThan(0);
    expect(await runOperation(stage.house.ctx, id)).toBeGreaterThan(0);
    say(1);
    expect(await stage.finish(id)).toMatchObject({ phase: 'succeeded' });
    expect((await stage.audit()).filter((line) => line.startsWith('rollback.commit'))).toHaveLength(1);
  }, 60_000);

  it('explains that a tag is no branch', async () => {
    const head = await stage.follow();
    await stage.house.database.prisma.application.update({
      where: { id: stage.app.id },
      data: { targetRevision: head },
    });
    expect(await stage.plan(input())).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('not a branch'),
    });
  });
});
