import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { insertDeployment } from '#lib/database/deployments.ts';
import { storeSet } from '#lib/database/rendering.ts';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { named, openRegistry, type Registry } from '#lib/testing/registering.ts';
import { exportState, getState } from './state.ts';

const KEY = '/ConfigMap/web/settings';
const settings = (mode: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'web' },
  data: { mode },
});
const migration: Manifest = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'migrate', namespace: 'web', annotations: { 'quarterdeck.dev/hook': 'PreSync' } },
};
/** Minutes of one past day. */
const minute = (count: number) => new Date(Date.UTC(2026, 9, 1, 12, count));

let registry: Registry;
let id: string;

async function deploy(mode: string, finished: number): Promise<void> {
  const { prisma } = registry.database;
  const inputsKey = named('inputs');
  const setId = await storeSet(prisma, {
    inputsKey,
    digest: inputsKey,
    tool: 'plain',
    version: '1',
    reads: [],
    warnings: [],
    bytes: 100,
    at: minute(finished),
    objects: [
      { key: KEY, hash: `${inputsKey}-settings`, body: settings(mode) },
      { key: 'batch/Job/web/migrate', hash: `${inputsKey}-job`, body: migration },
    ],
  });
  await insertDeployment(prisma, {
    applicationId: id,
    operationId: null,
    kind: 'sync',
    revision: finished.toString(16).padStart(40, '0'),
    setId,
    images: [],
    actorKind: 'user',
    actorName: 'Ada',
    outcome: 'Healthy',
    message: '',
    startedAt: minute(finished - 1),
    finishedAt: minute(finished),
  });
}

/** An operation that began to write the settings and did not become a deployment. */
async function interrupt(begun: number): Promise<void> {
  const operation = { kind: 'sync', phase: 'interrupted', actorKind: 'user', actorId: 'ada', actorName: 'Ada' };
  await registry.database.prisma.operation.create({
    data: {
      ...operation,
      applicationId: id,
      requestId: 'test',
      input: {},
      applyingAt: minute(begun),
      objects: {
        create: [
          { key: KEY, ordinal: 0, action: 'change' },
          { key: 'batch/Job/web/migrate@PreSync', ordinal: 1, action: 'hook' },
        ],
      },
    },
  });
}

beforeAll(async () => {
  registry = await openRegistry();
  ({ id } = await registry.application());
  await deploy('calm', 10);
  await registry.database.prisma.driftRecord.create({
    data: {
      applicationId: id,
      objectKey: KEY,
      path: 'data.mode',
      kind: 'changed',
      before: 'calm',
      after: 'loud',
      fingerprint: 'one',
      firstSeenAt: minute(20),
      lastSeenAt: minute(20),
      closedAt: minute(30),
    },
  });
  await deploy('busy', 40);
  await interrupt(50);
  await deploy('late', 60);
});
afterAll(() => registry.close());

const at = (count: number) => ({ id, at: minute(count).toISOString() });

describe('the state of an application', () => {
  test.each([
    ['at its first deployment', 10, 'deployed', 'mode: calm'],
    ['while somebody had changed it', 25, 'drifted', 'mode: loud'],
    ['after that was taken back', 35, 'deployed', 'mode: calm'],
    ['after the second deployment', 45, 'deployed', 'mode: busy'],
    ['after an operation that broke off', 55, 'unsure', 'mode: busy'],
    ['after the third deployment', 65, 'deployed', 'mode: late'],
  ])('%s', async (_, count, origin, line) => {
    const { objects } = await getState(registry.viewer, at(count));
    expect(objects.map((object) => [object.key, object.name, object.origin])).toEqual([[KEY, 'settings', origin]]);
    expect(objects[0]?.text).toContain(line);
  });

  test('is empty before its first deployment', async () => {
    expect(await getState(registry.viewer, at(9))).toMatchObject({ deployment: null, objects: [] });
  });

  test('is refused for a time to come and for no application', async () => {
    const later = new Date(registry.viewer.clock.now().getTime() + 60_000).toISOString();
    await expect(getState(registry.viewer, { id, at: later })).rejects.toMatchObject({ code: 'invalid' });
    const nobody = { ...at(10), id: crypto.randomUUID() };
    await expect(getState(registry.viewer, nobody)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('comes as YAML that says what it is', async () => {
    const { name, text } = await exportState(registry.viewer, at(25));
    expect(name).toMatch(/-20261001T122500000Z$/);
    expect(text).toContain(`# ${KEY}: drifted. Drift in data.mode.`);
    expect(parseAllDocuments(text).map((document) => document.toJS())).toEqual([settings('loud')]);
  });
});

test('a set that is no longer stored is told, not shown as empty', async () => {
  const { prisma } = registry.database;
  const row = await prisma.deployment.findFirstOrThrow({ where: { applicationId: id, finishedAt: minute(40) } });
  await prisma.renderedSet.delete({ where: { id: row.setId } });
  await expect(getState(registry.viewer, at(45))).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('no longer stored'),
  });
});
