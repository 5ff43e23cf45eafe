import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { SETTINGS, Stage } from '#lib/testing/stage.ts';
import { writtenBy } from '#lib/testing/worker-house.ts';
import { getApplication } from '../applications/get.ts';
import { getChanges } from '../applications/changes.ts';
import { updateApplication } from '../applications/update.ts';
import { getSystemRules, updateSystemRules } from '../comparing/system-rules.ts';
import { updateProject } from '../projects/manage.ts';
import { renderApplication } from '../revisions/render.ts';
import { detect } from './detect.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
  await stage.sync();
  await renderApplication(stage.house.ctx, stage.app.id);
  stage.later(60_000);
});
afterEach(() => stage.house.stop());

async function look(): Promise<number | null> {
  const { clusterId } = await stage.house.database.prisma.application.findFirstOrThrow();
  const live = await stage.house.live.cluster(clusterId);
  return (await detect(stage.house.ctx, stage.app.id, live)).againMs;
}
const state = () => stage.house.database.prisma.applicationState.findFirstOrThrow();
const changes = () => getChanges(stage.house.as('viewer'), { id: stage.app.id });
const hidden = async () => (await changes()).hidden.flatMap(({ fields }) => fields);
const RULE = { kind: 'ConfigMap', paths: ['data.level'], owner: 'ada', reason: 'tuned by hand' };

function edit(annotations: Record<string, string> = {}): void {
  const live = stage.house.live.get(SETTINGS);
  if (!live) throw new Error('it was not applied');
  const managedFields = [writtenBy('kubectl-edit', { 'f:data': { 'f:level': {} } })];
  const metadata: Manifest['metadata'] = {
    ...live.metadata,
    annotations: { ...live.metadata.annotations, ...annotations },
    managedFields,
  };
  stage.house.live.put({ ...live, metadata, data: { level: 'by hand' } });
}

async function declare(rules: object[]): Promise<void> {
  const admin = stage.house.as('admin');
  const { version } = await getApplication(admin, { id: stage.app.id });
  await updateApplication(admin, { id: stage.app.id, change: { version, ignoreRules: rules } });
}

describe('an ignore rule', () => {
  it('of the application hides the field and is named with its owner and reason', async () => {
    await declare([RULE]);
    edit();
    await look();
    expect(await state()).toMatchObject({ sync: 'Synced', driftCount: 0 });
    expect(await hidden()).toMatchObject([{ path: 'data.level', live: 'by hand', level: 'application', owner: 'ada' }]);
  });

  it('ends at its time, when it is looked at again by itself, and is told of', async () => {
    const at = new Date(stage.house.clock.at.getTime() + 90_000);
    await declare([{ ...RULE, expiresAt: at.toISOString() }]);
    edit();
    expect(await look()).toBe(90_000);
    stage.later(90_000);
    await look();
    expect(await state()).toMatchObject({ sync: 'OutOfSync', driftCount: 1 });
    expect(await changes()).toMatchObject({ hidden: [], expiredRules: [{ level: 'application', owner: 'ada' }] });
  });

  it('of its project hides it too, and has its applications compared anew', async () => {
    const { projectId } = await getApplication(stage.house.as('viewer'), { id: stage.app.id });
    await updateProject(stage.house.as('admin'), { id: projectId, change: { ignoreRules: [RULE] } });
    edit();
    await look();
    expect(await hidden()).toMatchObject([{ level: 'project' }]);
  });

  it('of the installation hides it too, is audited, and only an admin sets it', async () => {
    await expect(updateSystemRules(stage.house.as('operator'), { ignoreRules: [RULE] })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await updateSystemRules(stage.house.as('admin'), { ignoreRules: [RULE] });
    expect(await getSystemRules(stage.house.as('viewer'))).toEqual({ ignoreRules: [RULE] });
    edit();
    await look();
    expect(await hidden()).toMatchObject([{ level: 'system' }]);
    expect(await stage.audit()).toEqual(
      expect.arrayContaining(['ignore-rules.update refused', 'ignore-rules.update succeeded']),
    );
  });

  it('with a path nobody can read is refused by its field', async () => {
    await expect(declare([RULE, { paths: ['spec.ok', '[[['] }])).rejects.toMatchObject({
      issues: [{ path: ['ignoreRules', 1, 'paths', 1] }],
    });
  });
});

describe('a verdict that only the server can give', () => {
  it('is asked for once, until Git, the live object or the schema changes', async () => {
    const { clusterId } = await stage.house.database.prisma.application.findFirstOrThrow();
    const live = await stage.house.live.cluster(clusterId);
    const compare = () => detect(stage.house.ctx, stage.app.id, live);
    const { calls } = stage.house.live;
    edit({ 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' });
    await compare();
    const first = calls.dryRun;
    expect(first).toBeGreaterThan(0);
    await compare();
    expect(calls.dryRun).toBe(first);
    const root = { type: 'object' as const };
    live.schemas.find = () => root;
    await compare();
    const second = calls.dryRun;
    expect(second).toBeGreaterThan(first);
    await compare();
    expect(calls.dryRun).toBe(second);
    const now = stage.house.live.get(SETTINGS);
    if (!now) throw new Error('it is not there');
    stage.house.live.put({ ...now, metadata: { ...now.metadata, resourceVersion: 'another' } });
    await compare();
    expect(calls.dryRun).toBeGreaterThan(second);
  });

  it('is not asked for on a read-only cluster, and the Changes tab says so', async () => {
    stage.house.live.access = 'read-only';
    await stage.house.database.prisma.cluster.updateMany({ data: { access: 'read-only' } });
    const before = stage.house.live.calls.dryRun;
    edit({ 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' });
    await look();
    expect(stage.house.live.calls.dryRun).toBe(before);
    expect(await changes()).toMatchObject({ unconfirmed: true });
  });
});

describe('an object whose annotation leaves it alone', () => {
  it.each([
    ['kustomize.toolkit.fluxcd.io/reconcile', 'disabled'],
    ['quarterdeck.dev/compare-options', 'IfNotPresent'],
  ])('by %s: %s is Synced, and a sync does not write it', async (name, value) => {
    edit({ [name]: value });
    await look();
    expect(await state()).toMatchObject({ sync: 'Synced' });
    expect(await hidden()).toMatchObject([{ path: 'data.level', level: 'object', rule: `${name}: ${value}` }]);
    await stage.sync();
    expect(stage.house.live.get(SETTINGS)?.['data']).toEqual({ level: 'by hand' });
  });
});
