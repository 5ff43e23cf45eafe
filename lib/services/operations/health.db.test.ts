import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OperationView } from '#lib/contracts/operations.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { Stage } from '#lib/testing/stage.ts';
import { awaitHealth } from './await-health.ts';
import { getOperation } from './get.ts';
import { runOperation } from './run.ts';

const WEB = 'apps/Deployment/shop/web';
const DEPLOYMENT =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n' +
  'spec: {replicas: 1, template: {spec: {containers: [{name: c, image: "web:1"}]}}}\n';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.house.stop());

/** What the cluster's controllers would say of the Deployment. */
function say(status: JsonObject): void {
  const live = stage.house.live.get(WEB);
  if (!live) throw new Error('there is no Deployment');
  stage.house.live.put({ ...live, metadata: { ...live.metadata, generation: 1 }, status });
}

const PROGRESSING = { observedGeneration: 1, replicas: 1, updatedReplicas: 1 };
const HEALTHY = { ...PROGRESSING, availableReplicas: 1 };

/** A replica set and a pod that waits for an image nobody has. */
function stickPod(): void {
  const uid = stage.house.live.get(WEB)?.metadata.uid ?? '';
  const child = (apiVersion: string, kind: string, more: { uid: string; owner: string; status: JsonObject }): void => {
    const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'Any', name: 'any', uid: more.owner }];
    const metadata = { name: more.uid, namespace: 'shop', uid: more.uid, ownerReferences };
    stage.house.live.put({ apiVersion, kind, metadata, status: more.status });
  };
  child('apps/v1', 'ReplicaSet', { uid: 'web-1', owner: uid, status: {} });
  const state = { waiting: { reason: 'ImagePullBackOff', message: 'manifest unknown' } };
  const status = { phase: 'Pending', containerStatuses: [{ name: 'c', image: 'web:1', state }] };
  child('v1', 'Pod', { uid: 'web-1-a', owner: 'web-1', status });
}

async function apply(files: Record<string, string>): Promise<string> {
  await stage.push('Deploy', files);
  const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
  await runOperation(stage.house.ctx, id);
  return id;
}

const look = (id: string): Promise<OperationView> => getOperation(stage.house.ctx, { id });

describe('waiting for health', () => {
  it('ends with what was done, in the operation, its deployment and its audit event', async () => {
    const id = await apply({ 'app/web.yaml': DEPLOYMENT });
    say(PROGRESSING);
    expect(await awaitHealth(stage.house.ctx, id)).toBeGreaterThan(0);
    expect((await look(id)).message).toBe('Waiting for health: Deployment web: 0 of 1 replica available');
    say(HEALTHY);
    expect(await awaitHealth(stage.house.ctx, id)).toBeNull();
    const { prisma } = stage.house.database;
    const done = { phase: 'succeeded', message: '3 created' };
    expect(await look(id)).toMatchObject(done);
    expect(await prisma.deployment.findFirstOrThrow()).toMatchObject({ message: done.message, outcome: 'Healthy' });
    expect(await prisma.auditEvent.findFirstOrThrow({ where: { verb: 'sync.finish' } })).toMatchObject({
      reason: done.message,
    });
  });

  it('does not give up on a pod that may recover, and tells its cause', async () => {
    const id = await apply({ 'app/web.yaml': DEPLOYMENT });
    say(PROGRESSING);
    stickPod();
    expect(await awaitHealth(stage.house.ctx, id)).toBeGreaterThan(0);
    expect(await look(id)).toMatchObject({
      phase: 'waiting',
      message: expect.stringContaining('Image cannot be pulled: web:1 not found'),
    });
    say(HEALTHY);
    expect(await awaitHealth(stage.house.ctx, id)).toBeNull();
    expect(await look(id)).toMatchObject({ phase: 'succeeded', message: '3 created' });
  });

  it('ends at its deadline with the cause when the pod does not recover', async () => {
    const id = await apply({ 'app/web.yaml': DEPLOYMENT });
    say(PROGRESSING);
    stickPod();
    stage.later(301_000);
    expect(await awaitHealth(stage.house.ctx, id)).toBeNull();
    expect(await look(id)).toMatchObject({
      phase: 'failed',
      message:
        'Applied, but not healthy in time. Deployment web: 0 of 1 replica available. Image cannot be pulled: web:1 not found',
    });
    expect(await stage.house.database.prisma.deployment.findFirstOrThrow()).toMatchObject({ outcome: 'Degraded' });
  });

  it('ends at once when the workload itself gave up', async () => {
    const id = await apply({ 'app/web.yaml': DEPLOYMENT });
    const conditions = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }];
    say({ ...PROGRESSING, conditions });
    expect(await awaitHealth(stage.house.ctx, id)).toBeNull();
    expect(await look(id)).toMatchObject({ phase: 'failed', message: expect.stringContaining('Rollout is stuck') });
  });

  it('lets a wave wait like the whole', async () => {
    const late =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: late, annotations: {quarterdeck.dev/sync-wave: "1"}}\n';
    const id = await apply({ 'app/web.yaml': DEPLOYMENT, 'app/late.yaml': late });
    say(PROGRESSING);
    stickPod();
    expect(await runOperation(stage.house.ctx, id)).toBeGreaterThan(0);
    expect(await look(id)).toMatchObject({
      phase: 'running',
      message: expect.stringMatching(/^Waiting for wave 1 .*Image cannot be pulled/),
    });
    say(HEALTHY);
    await runOperation(stage.house.ctx, id);
    expect(stage.house.live.get('/ConfigMap/shop/late')).toBeDefined();
    await awaitHealth(stage.house.ctx, id);
    expect(await look(id)).toMatchObject({ phase: 'succeeded', message: '4 created' });
  });
});
