import path from 'node:path';
import { z } from 'zod';
import { applicationRow, objectRow } from '#lib/contracts/applications.ts';
import { page } from '#lib/contracts/common.ts';
import { ensureBuild } from '#lib/launcher/build.ts';
import { ApiSession, until } from '../api-session.ts';
import { ADMIN, type Product, startProduct } from '../product.ts';
import { inFolder } from './folder.ts';
import { settledMib } from './processes.ts';
import { type Row, rowOf, time } from './row.ts';
import { openSandboxCluster, type SandboxCluster } from './sandbox-cluster.ts';
import { openStream, type Stream } from './stream.ts';

const root = path.resolve(import.meta.dirname, '../..');
const STARTS = 3;
const CHANGES = 40;
const CONFIG_MAPS = 2_000;
const DEPLOYMENTS = 1_000;
const CONTEXT = 'staging';

/** Starts it once, lets the demonstration end, and starts it again a few times. Answers the last one, running. */
async function startAgain(dataDirectory: string): Promise<{ row: Row; product: Product }> {
  let product = await startProduct({ dataDirectory });
  await demonstrationEnds(product);
  const samples: number[] = [];
  for (let count = 0; count < STARTS; count += 1) {
    await product.stop();
    samples.push(
      await time(async () => {
        product = await startProduct({ dataDirectory });
      }),
    );
  }
  const note = 'npm start without the bootstrap, until /api/health/ready';
  return { row: { ...rowOf('second start', samples, { unit: 'ms', note }), p95: null }, product };
}

async function listOf(session: ApiSession) {
  return page(applicationRow).parse(await session.call('GET', '/api/v1/applications?limit=100')).items;
}

async function demonstrationEnds(product: Product): Promise<void> {
  const session = await ApiSession.signIn(product.url);
  await until('the demonstration', () => listOf(session), {
    holds: (rows) => rows.filter((row) => row.deployed !== null && row.sync === 'Synced').length >= 8,
    timeoutMs: 180_000,
    everyMs: 500,
  });
}

/** A ConfigMap that an application without automatic sync declares: what is changed by hand stays until it is changed back. */
async function findConfigMap(session: ApiSession): Promise<{ applicationId: string; namespace: string; name: string }> {
  const rows = await listOf(session);
  for (const row of rows.filter((one) => one.clusterName === CONTEXT && !one.automated && one.sync === 'Synced')) {
    const answer = await session.call('GET', `/api/v1/applications/${row.id}/resources`);
    const { items } = z.object({ items: z.array(objectRow) }).parse(answer);
    const found = items.find((item) => item.managed && item.key.startsWith('/ConfigMap/'));
    const [, , namespace, name] = found?.key.split('/') ?? [];
    if (namespace !== undefined && name !== undefined) return { applicationId: row.id, namespace, name };
  }
  throw new Error(`no synced application of ${CONTEXT} declares a ConfigMap`);
}

async function measureChanges(session: ApiSession, parts: { cluster: SandboxCluster; stream: Stream }): Promise<Row> {
  const { applicationId, namespace, name } = await findConfigMap(session);
  const where = `/api/v1/namespaces/${namespace}/configmaps/${name}`;
  const live = z.object({ data: z.record(z.string(), z.string()) }).parse(await parts.cluster.call('GET', where));
  const [field = '', original = ''] = Object.entries(live.data)[0] ?? [];
  const key = `application:${applicationId}`;
  const samples: number[] = [];
  for (let count = 0; count < CHANGES; count += 1) {
    await parts.stream.quiet(key, 400);
    const named = parts.stream.next(key, 10_000);
    const value = count % 2 === 0 ? `by hand ${count}` : original;
    await Promise.all([parts.cluster.call('PATCH', where, { data: { [field]: value } }), named]);
    samples.push(await named);
  }
  const note = 'a ConfigMap edited by hand and back; request, watch, compare, record, 100 ms batch';
  return rowOf('change in the cluster to event', samples, { unit: 'ms', note });
}

function configMap(index: number): object {
  const data = { index: String(index), text: 'x'.repeat(500) };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `bench-${index}`, namespace: 'bench' }, data };
}

function deployment(index: number): object {
  const labels = { app: `bench-${index}` };
  const container = { name: 'web', image: 'registry.example/bench:1', env: [{ name: 'INDEX', value: String(index) }] };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `bench-${index}`, namespace: 'bench', labels },
    spec: { replicas: 0, selector: { matchLabels: labels }, template },
  };
}

async function measureMemory(cluster: SandboxCluster): Promise<Row[]> {
  const before = await settledMib('quarterdeck-worker');
  await cluster.call('POST', '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'bench' },
  });
  const objects: [string, object][] = [
    ...Array.from({ length: CONFIG_MAPS }, (_, index): [string, object] => [
      '/api/v1/namespaces/bench/configmaps',
      configMap(index),
    ]),
    ...Array.from({ length: DEPLOYMENTS }, (_, index): [string, object] => [
      '/apis/apps/v1/namespaces/bench/deployments',
      deployment(index),
    ]),
  ];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let one = objects.pop(); one; one = objects.pop()) await cluster.call('POST', one[0], one[1]);
    }),
  );
  const after = await settledMib('quarterdeck-worker');
  const more = `${CONFIG_MAPS} ConfigMaps and ${DEPLOYMENTS} Deployments more, which no application declares`;
  const note = 'resident, garbage included';
  return [
    rowOf('worker process: demonstration', [before], { unit: 'MiB', note }),
    rowOf('worker process: and 3,000 objects', [after], { unit: 'MiB', note: more }),
  ];
}

async function cookieOf(url: string): Promise<string> {
  const response = await fetch(new URL('/api/v1/session', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(ADMIN),
  });
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0] ?? '')
    .join('; ');
}

/** The whole product with its sandbox: start, a change until a screen hears of it, memory of the worker. */
export async function measure(): Promise<Row[]> {
  await ensureBuild(root);
  return inFolder(async (folder) => {
    const { row, product } = await startAgain(folder);
    try {
      const session = await ApiSession.signIn(product.url);
      const cluster = await openSandboxCluster(path.join(folder, 'sandbox/kubeconfig'), CONTEXT);
      const stream = await openStream(product.url, await cookieOf(product.url));
      try {
        return [row, await measureChanges(session, { cluster, stream }), ...(await measureMemory(cluster))];
      } finally {
        stream.close();
        cluster.close();
      }
    } finally {
      await product.stop();
    }
  });
}
