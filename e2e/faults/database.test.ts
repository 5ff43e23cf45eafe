import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '#lib/config/free-port.ts';
import { migrateDatabase } from '#lib/database/migrate.ts';
import { prepareQueue } from '#lib/database/queue.ts';
import { ensureBuild } from '#lib/launcher/build.ts';
import { type Child, startChild } from '#lib/launcher/child.ts';
import { type EmbeddedDatabase, startEmbeddedPostgres } from '#lib/sandbox/postgres/start.ts';
import { ensureFirstAdmin } from '#lib/services/people/first-admin.ts';
import { cookieOf, type Events, followEvents } from './events.ts';
import { configMap, PATIENT, root, until, World } from '../world.ts';

const ADMIN = { email: 'admin@quarterdeck.test', password: 'correct horse battery' };
const NAMES = ['steady', 'queued', 'halfway'];
const filesOf = (level: string) => ({
  'app/a.yaml': configMap('a', { level }),
  'app/b.yaml': configMap('b', { level }),
});

let folder: string;
let port: number;
let postgres: EmbeddedDatabase;
let world: World;
let web: Child;
let url: string;
let cookie: string;
let events: Events;
const ids = new Map<string, string>();
const idOf = (name: string) => ids.get(name) ?? '';
const ended: string[] = [];

const start = () => startEmbeddedPostgres(path.join(folder, 'postgres'), { durable: true, port });
const get = (where: string) => fetch(new URL(where, url), { headers: { cookie }, signal: AbortSignal.timeout(30_000) });

beforeAll(async () => {
  await ensureBuild(root);
  folder = await mkdtemp(path.join(os.tmpdir(), 'quarterdeck-faults-database-'));
  port = await freePort();
  postgres = await start();
  await migrateDatabase(postgres.url, root);
  await prepareQueue(postgres.url);
  process.env['QUARTERDECK_LOG_LEVEL'] = 'silent';
  world = await World.open({ databaseUrl: postgres.url, clusters: ['one'], env: PATIENT });
  const worker = await world.startWorker();
  const log = path.join(folder, 'web.log');
  const env = { ...world.env, PORT: '0' };
  web = await startChild({ name: 'web', program: 'lib/launcher/web.ts', env, log, readyTimeoutMs: 120_000 });
  url = `http://127.0.0.1:${String(web.facts['port'])}`;
  for (const child of [worker, web]) void child.ended.then((words) => ended.push(words));
  await ensureFirstAdmin(world.ctx, ADMIN);
  cookie = await cookieOf(url, ADMIN);
  events = await followEvents(url, cookie);
  const begin = async (name: string) => {
    ids.set(name, await world.application({ name, cluster: 'one', files: filesOf('1') }));
    await world.deploy(idOf(name));
  };
  await Promise.all(NAMES.map(begin));
});
afterAll(async () => {
  events?.close();
  await web?.stop();
  await world?.stop();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a database that is stopped and started again', () => {
  const applied: string[] = [];
  let operation: string;
  let queued: string;
  let isHolding = true;

  test('is told from a product that is broken', async () => {
    const sha = await world.push('halfway', filesOf('2'));
    await until(
      () => world.view(idOf('halfway')),
      (view) => view.target?.sha === sha,
    );
    let isHeld = false;
    world.cluster('one').control.setGate(async ({ method, path: where, query }, moment) => {
      if (method !== 'PATCH' || query.get('fieldManager') !== 'quarterdeck' || query.has('dryRun')) return;
      if (moment !== 'done') return;
      applied.push(where);
      isHeld = true;
      await until(
        async () => isHolding,
        (holds) => !holds,
        120_000,
      );
    });
    operation = await world.click(idOf('halfway'), await world.plan(idOf('halfway')));
    await until(async () => isHeld, Boolean);
    const commit = { repository: 'queued', subject: 'While it is away', files: filesOf('3') };
    queued = (await world.git.pushCommit(commit)).after;
    const startAfter = new Date(Date.now() + 1_000);
    await world.enqueue({ kind: 'fetch', key: world.repositoryId('queued'), startAfter });
    await postgres.stop();
    const ready = await get('/api/health/ready');
    expect(ready.status).toBe(503);
    expect(await ready.text()).toContain('database');
    const list = await get('/api/v1/applications');
    expect(list.status).toBe(503);
    expect(await list.json()).toMatchObject({ detail: expect.stringContaining('database does not answer now') });
    expect((await get('/api/health/live')).status).toBe(200);
    isHolding = false;
    await world.edit('one', '/api/v1/namespaces/steady/configmaps/a', { data: { level: 'by hand' } });
  });

  test('is taken up again by the same processes, without losing anything', async () => {
    const seen = events.messages.length;
    postgres = await start();
    await until(
      () => get('/api/health/ready'),
      (answer) => answer.status === 200,
    );
    await until(
      async () => events.messages.slice(seen),
      (messages) => messages.some((one) => JSON.stringify(one).includes('"reset"')),
    );
    const drift = () =>
      world.house.database.prisma.driftRecord.findMany({ where: { applicationId: idOf('steady'), closedAt: null } });
    expect(await until(drift, (rows) => rows.length > 0)).toMatchObject([{ path: 'data.level', after: 'by hand' }]);
    await until(
      () => world.view(idOf('queued')),
      (view) => view.target?.sha === queued,
    );
    expect(await world.finished(operation)).toMatchObject({ phase: 'succeeded' });
    const paths = ['a', 'b'].map((name) => `/api/v1/namespaces/halfway/configmaps/${name}`);
    expect(applied.toSorted()).toEqual(paths);
    const { prisma } = world.house.database;
    expect(await prisma.deployment.count({ where: { operationId: operation } })).toBe(1);
    expect((await world.audit(idOf('halfway'))).slice(-2)).toEqual(['sync.request allowed', 'sync.finish succeeded']);
    expect(ended).toEqual([]);
  });

  test('sends screens what changes from then on', async () => {
    expect(events.isOpen()).toBe(true);
    const seen = events.messages.length;
    await world.edit('one', '/api/v1/namespaces/steady/configmaps/b', { data: { level: 'by hand too' } });
    const named = `"id":"${idOf('steady')}"`;
    await until(
      async () => events.messages.slice(seen),
      (messages) => messages.some((one) => JSON.stringify(one).includes(named)),
    );
  });
});
