import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimJobs, type JobKind } from '#lib/database/queue.ts';
import { startTestHouse, configMap, type TestHouse } from '#lib/testing/house.ts';
import { fetchRepository } from './fetch.ts';
import { renderApplication } from './render.ts';
import { renderAt } from './render-at.ts';

let house: TestHouse;

beforeEach(async () => {
  house = await startTestHouse();
});
afterEach(async () => {
  await house.stop();
});

const state = (applicationId: string) =>
  house.database.prisma.applicationState.findUniqueOrThrow({ where: { applicationId } });
const waiting = async (kind: JobKind) =>
  (await claimJobs(house.database.queue, kind, { limit: 100 })).map((job) => job.key);
const rows = () =>
  house.database.prisma.$queryRawUnsafe<{ xmin: string }[]>(
    `SELECT xmin::text FROM "ApplicationState" UNION ALL SELECT xmin::text FROM "RenderedSet" ORDER BY 1`,
  );

/** A second application in the repository of the first. */
async function sibling(id: string, declared: { name: string; path: string; targetRevision?: string }): Promise<string> {
  const { prisma } = house.database;
  const {
    id: _id,
    labels: _l,
    renderOptions: _r,
    syncPolicy: _s,
    ignoreRules: _i,
    ...first
  } = await prisma.application.findUniqueOrThrow({ where: { id } });
  const made = await prisma.application.create({ data: { ...first, ...declared } });
  return made.id;
}

describe('fetching a repository', () => {
  it('asks to render only the application that reads what changed, and writes nothing for the others', async () => {
    const files = { 'a/config.yaml': configMap('a', { level: '1' }), 'b/config.yaml': configMap('b', { level: '1' }) };
    const a = await house.createApplication({ path: 'a', files });
    const b = await sibling(a.id, { name: 'sibling', path: 'b' });
    await fetchRepository(house.ctx, a.repositoryId);
    expect((await waiting('render')).toSorted()).toEqual([a.id, b].toSorted());
    for (const id of [a.id, b]) await renderApplication(house.ctx, id);
    const before = await state(b);
    expect(before.targetSha).not.toBeNull();
    await waiting('compare');
    const unchanged = await rows();
    await fetchRepository(house.ctx, a.repositoryId);
    expect([await rows(), await waiting('render'), await waiting('compare')]).toEqual([unchanged, [], []]);
    const { after: sha } = await house.git.pushCommit({
      repository: a.repository,
      subject: 'Change a',
      files: { 'a/config.yaml': configMap('a', { level: '2' }) },
    });
    await fetchRepository(house.ctx, a.repositoryId);
    expect(await waiting('render')).toEqual([a.id]);
    expect(await state(b)).toEqual(before);
    await renderApplication(house.ctx, a.id);
    expect((await state(a.id)).targetSha).toBe(sha);
  });

  it('renders every overlay on a changed base, and all of them by another version of the tool', async () => {
    const overlay = (label: string) => `resources: [../../base]\nlabels:\n- pairs: {env: ${label}}\n`;
    const files = {
      'base/kustomization.yaml': 'resources: [config.yaml]\n',
      'base/config.yaml': configMap('shared', { level: '1' }),
      'overlays/dev/kustomization.yaml': overlay('dev'),
      'overlays/prod/kustomization.yaml': overlay('prod'),
      'plain/config.yaml': configMap('plain', { level: '1' }),
    };
    const dev = await house.createApplication({ path: 'overlays/dev', files });
    const prod = await sibling(dev.id, { name: 'prod', path: 'overlays/prod' });
    const plain = await sibling(dev.id, { name: 'plain', path: 'plain' });
    for (const id of [dev.id, prod, plain]) await renderApplication(house.ctx, id);
    await house.git.pushCommit({
      repository: dev.repository,
      subject: 'Change the base',
      files: { 'base/config.yaml': configMap('shared', { level: '2' }) },
    });
    await fetchRepository(house.ctx, dev.repositoryId);
    expect((await waiting('render')).toSorted()).toEqual([dev.id, prod].toSorted());
    for (const id of [dev.id, prod]) await renderApplication(house.ctx, id);
    await fetchRepository(house.ctx, dev.repositoryId);
    expect(await waiting('render')).toEqual([]);
    const { source, renderer } = house.ctx.ports;
    const versions = async () => ({ ...(await renderer.versions()), kustomize: 'kustomize v99.0.0' });
    const newer = { ...house.ctx.ports, source: { ...source }, renderer: { ...renderer, versions } };
    await fetchRepository({ ...house.ctx, ports: newer }, dev.repositoryId);
    expect((await waiting('render')).toSorted()).toEqual([dev.id, prod].toSorted());
  });

  it('reuses the set of an earlier commit without rendering', async () => {
    const a = await house.createApplication();
    await renderApplication(house.ctx, a.id);
    const first = await state(a.id);
    await house.git.pushCommit({
      repository: a.repository,
      subject: 'Up',
      files: { 'app/config.yaml': configMap('settings', { level: '2' }) },
    });
    await fetchRepository(house.ctx, a.repositoryId);
    await renderApplication(house.ctx, a.id);
    expect((await state(a.id)).targetSetId).not.toBe(first.targetSetId);
    const { after: sha } = await house.git.pushCommit({
      repository: a.repository,
      subject: 'Down again',
      files: { 'app/config.yaml': configMap('settings', { level: '1' }) },
    });
    await waiting('render');
    await fetchRepository(house.ctx, a.repositoryId);
    expect(await waiting('render')).toEqual([]);
    expect(await state(a.id)).toMatchObject({ targetSetId: first.targetSetId, targetSha: sha });
  });

  it('says what is wrong, keeps what was known, and forgets the error when it is gone', async () => {
    const a = await house.createApplication();
    await renderApplication(house.ctx, a.id);
    const known = await state(a.id);
    await house.git.pushCommit({
      repository: a.repository,
      subject: 'Break it',
      files: { 'app/config.yaml': 'kind: [unclosed' },
    });
    await fetchRepository(house.ctx, a.repositoryId);
    await renderApplication(house.ctx, a.id);
    expect(await state(a.id)).toMatchObject({ errorStep: 'render', targetSetId: known.targetSetId });
    expect((await state(a.id)).error).toContain('app/config.yaml');
    await house.git.pushCommit({
      repository: a.repository,
      subject: 'Mend it',
      files: { 'app/config.yaml': configMap('settings', { level: '1' }) },
    });
    await fetchRepository(house.ctx, a.repositoryId);
    expect(await state(a.id)).toMatchObject({ error: null, errorStep: null, targetSetId: known.targetSetId });
  });

  it.each([
    ['a branch that is not there', { targetRevision: 'gone' }, 'source', 'gone'],
    ['a path that is not there', { path: 'nowhere' }, 'render', 'nowhere'],
  ] as const)('names %s', async (_name, declared, step, words) => {
    const a = await house.createApplication();
    await house.database.prisma.application.update({ where: { id: a.id }, data: declared });
    await renderApplication(house.ctx, a.id);
    const { error, errorStep } = await state(a.id);
    expect(errorStep).toBe(step);
    expect(error).toContain(words);
  });

  it('shows a repository that is gone on itself and its applications', async () => {
    const a = await house.createApplication();
    await fetchRepository(house.ctx, a.repositoryId);
    await renderApplication(house.ctx, a.id);
    const known = await state(a.id);
    const { url } = await house.database.prisma.repository.findUniqueOrThrow({ where: { id: a.repositoryId } });
    await house.database.prisma.repository.update({ where: { id: a.repositoryId }, data: { url: `${url}-moved` } });
    await expect(fetchRepository(house.ctx, a.repositoryId)).rejects.toThrow();
    const repository = await house.database.prisma.repository.findUniqueOrThrow({ where: { id: a.repositoryId } });
    expect(repository.status).toBe('unreachable');
    expect(repository.lastError).not.toContain(house.git.token);
    expect(await state(a.id)).toMatchObject({ errorStep: 'source', targetSetId: known.targetSetId });
    await house.database.prisma.repository.update({ where: { id: a.repositoryId }, data: { url } });
    await fetchRepository(house.ctx, a.repositoryId);
    expect(await state(a.id)).toMatchObject({ error: null, targetSha: known.targetSha });
  });

  it('renders the same digest again, and a masked set', async () => {
    const a = await house.createApplication({
      files: {
        'app/secret.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  password: hunter2-canary\n',
      },
    });
    await renderApplication(house.ctx, a.id);
    const { targetSha, targetSetId } = await state(a.id);
    const again = await renderAt(house.ctx, a.id, targetSha ?? '');
    expect(again.setId).toBe(targetSetId);
    expect(JSON.stringify(again.manifests)).toContain('hunter2-canary');
    expect(JSON.stringify(again.masked)).not.toContain('hunter2-canary');
    expect(again.manifests[0]?.metadata.namespace).toBe('shop');
  });
});
