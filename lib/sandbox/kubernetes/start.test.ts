import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Agent, request } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { isObject, listAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { type SandboxCluster, type SandboxClusters, type SandboxOptions, startSandboxClusters } from './start.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(options: SandboxOptions): Promise<SandboxClusters> {
  const started = await startSandboxClusters({ readyDelayMs: 20, ...options });
  cleanups.push(() => started.stop());
  return started;
}

function only(clusters: SandboxClusters): SandboxCluster {
  const [first] = clusters.clusters;
  if (!first) throw new Error('no cluster was started');
  return first;
}

async function call(
  cluster: SandboxCluster,
  where: string,
  options: { method?: 'POST' | 'DELETE'; body?: JsonObject } = {},
): Promise<{ status: number; json: JsonObject }> {
  const dispatcher = new Agent({ connect: { ca: cluster.caData } });
  try {
    const reply = await request(`${cluster.server}${where}`, {
      dispatcher,
      method: options.method ?? 'GET',
      headers: { authorization: `Bearer ${cluster.token}`, 'content-type': 'application/json' },
      ...(options.body ? { body: JSON.stringify(options.body) } : {}),
    });
    const json: unknown = await reply.body.json();
    return { status: reply.statusCode, json: isObject(json) ? json : {} };
  } finally {
    await dispatcher.destroy();
  }
}

async function until<T>(probe: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error('not within ten seconds');
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';

function deployment(
  name: string,
  image: string,
  extra: { annotations?: JsonObject; deadline?: number } = {},
): JsonObject {
  const labels = { app: name };
  return {
    metadata: { name },
    spec: {
      selector: { matchLabels: labels },
      ...(extra.deadline === undefined ? {} : { progressDeadlineSeconds: extra.deadline }),
      template: {
        metadata: { labels, ...(extra.annotations ? { annotations: extra.annotations } : {}) },
        spec: { containers: [{ name: 'web', image }] },
      },
    },
  };
}

test('a second start finds ports, tokens, objects and the revision as they were', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'sandbox-'));
  cleanups.push(() => rm(dataDir, { recursive: true }));
  const first = await startSandboxClusters({ names: ['one', 'two'], dataDir });
  const before = only(first);
  const made = await call(before, CONFIG_MAPS, {
    method: 'POST',
    body: { metadata: { name: 'kept' }, data: { a: '1' } },
  });
  expect(made.status).toBe(201);
  await first.stop();
  const second = await start({ names: ['one', 'two'], dataDir });
  const after = only(second);
  expect({ server: after.server, token: after.token, caData: after.caData }).toEqual({
    server: before.server,
    token: before.token,
    caData: before.caData,
  });
  expect(second.kubeconfig).toBe(first.kubeconfig);
  const kept = await call(after, `${CONFIG_MAPS}/kept`);
  expect(kept.json).toEqual(made.json);
  const next = await call(after, CONFIG_MAPS, { method: 'POST', body: { metadata: { name: 'later' } } });
  expect(Number(textAt(next.json, 'metadata', 'resourceVersion'))).toBeGreaterThan(
    Number(textAt(made.json, 'metadata', 'resourceVersion')),
  );
});

test('clusters of one process share nothing but the process', async () => {
  const { clusters } = await start({ names: ['one', 'two'] });
  const [one, two] = clusters;
  if (!one || !two) throw new Error('two clusters were asked for');
  await call(one, CONFIG_MAPS, { method: 'POST', body: { metadata: { name: 'only-here' } } });
  expect((await call(two, `${CONFIG_MAPS}/only-here`)).status).toBe(404);
  expect((await call({ ...two, token: one.token }, CONFIG_MAPS)).status).toBe(401);
});

test('an image that cannot be pulled: pods wait, events say why, the deadline passes', async () => {
  const cluster = only(await start({ names: ['one'] }));
  await call(cluster, DEPLOYMENTS, {
    method: 'POST',
    body: deployment('bad', 'registry.example/web:does-not-exist', { deadline: 1 }),
  });
  const waiting = await until(async () => {
    const [pod] = listAt((await call(cluster, '/api/v1/namespaces/default/pods')).json, 'items');
    const [status] = listAt(pod, 'status', 'containerStatuses');
    return textAt(status, 'state', 'waiting', 'reason') === 'ImagePullBackOff' ? status : undefined;
  });
  expect(textAt(waiting, 'state', 'waiting', 'message')).toContain('registry.example/web:does-not-exist');
  const events = listAt((await call(cluster, '/api/v1/namespaces/default/events')).json, 'items').map((event) =>
    textAt(event, 'reason'),
  );
  expect(events).toEqual(expect.arrayContaining(['Failed', 'BackOff']));
  await until(async () => {
    const conditions = listAt((await call(cluster, `${DEPLOYMENTS}/bad`)).json, 'status', 'conditions');
    return conditions.find(
      (one) => textAt(one, 'reason') === 'ProgressDeadlineExceeded' && textAt(one, 'status') === 'False',
    );
  });
});

test('an annotated template crash-loops', async () => {
  const cluster = only(await start({ names: ['one'] }));
  const annotations = { 'sandbox.quarterdeck.dev/fail': 'crash-loop' };
  await call(cluster, DEPLOYMENTS, {
    method: 'POST',
    body: deployment('sad', 'registry.example/web:1', { annotations }),
  });
  await until(async () => {
    const [pod] = listAt((await call(cluster, '/api/v1/namespaces/default/pods')).json, 'items');
    const [status] = listAt(pod, 'status', 'containerStatuses');
    return textAt(status, 'state', 'waiting', 'reason') === 'CrashLoopBackOff' ? true : undefined;
  });
});

test('StatefulSets and DaemonSets become ready', async () => {
  const cluster = only(await start({ names: ['one'] }));
  const { spec } = deployment('db', 'registry.example/db:1');
  const sets = '/apis/apps/v1/namespaces/default/statefulsets';
  await call(cluster, sets, {
    method: 'POST',
    body: { metadata: { name: 'db' }, spec: { ...(isObject(spec) ? spec : {}), serviceName: 'db', replicas: 2 } },
  });
  await call(cluster, '/apis/apps/v1/namespaces/default/daemonsets', {
    method: 'POST',
    body: { metadata: { name: 'db' }, spec: spec ?? {} },
  });
  await until(async () => {
    const stateful = (await call(cluster, `${sets}/db`)).json;
    const daemon = (await call(cluster, '/apis/apps/v1/namespaces/default/daemonsets/db')).json;
    const ready = [stateful, daemon].map((one) =>
      isObject(one['status']) ? (one['status']['readyReplicas'] ?? one['status']['numberReady']) : 0,
    );
    return JSON.stringify(ready) === '[2,1]' ? true : undefined;
  });
});

test('faults: down, an expired certificate, and well again', async () => {
  const cluster = only(await start({ names: ['one'] }));
  cluster.control.setFault({ kind: 'down' });
  await expect(call(cluster, '/version')).rejects.toThrow();
  cluster.control.setFault({ kind: 'none' });
  expect((await call(cluster, '/version')).status).toBe(200);
  await cluster.control.setExpiredCertificate(true);
  await expect(call(cluster, '/version')).rejects.toThrow(/expired/);
  await cluster.control.setExpiredCertificate(false);
  expect((await call(cluster, '/version')).status).toBe(200);
  await call(cluster, CONFIG_MAPS);
  expect(cluster.control.requests()['list']).toBe(1);
});

test('a slow cluster answers late, not never', async () => {
  const cluster = only(await start({ names: ['one'] }));
  cluster.control.setFault({ kind: 'slow', delayMs: 150 });
  const started = performance.now();
  expect((await call(cluster, '/version')).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThanOrEqual(140);
});
