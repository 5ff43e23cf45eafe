import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deepEqual } from '#lib/domain/resource/json.ts';
import { makeTestDatabase } from '#lib/testing/database.ts';
import { ask } from '#lib/services/inquiries/ask.ts';
import { rotateClusterCredential } from '#lib/services/clusters/update.ts';
import { configMap, until, World } from '../world.ts';

const SLOW_MS = 30_000;
const TIMEOUT_SECONDS = 10;
const BROKEN = ['down', 'slow', 'expired', 'refused'] as const;
type Broken = (typeof BROKEN)[number];
const OTHER_TOKEN = 'another-token-of-the-cluster';

/** What a person reads of each, on the cluster and in a plan. */
const WORDS: Record<Broken, { silent: RegExp; plan: RegExp }> = {
  down: { silent: /127\.0\.0\.1:\d+ closed the connection/, plan: /closed the connection/ },
  slow: { silent: /no answer within 10 s/, plan: /no answer within 10 s/ },
  expired: { silent: /certificate of the server expired on \d{4}-.* renew it on the cluster/, plan: /expired on/ },
  refused: { silent: /does not accept the credential \(401\).* rotate it in Settings/, plan: /rotate it in Settings/ },
};

let world: World;
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
const ids = new Map<string, string>();
const idOf = (name: string) => ids.get(name) ?? '';
const settings = (name: string) => `/api/v1/namespaces/${name}/configmaps/settings`;

async function breakAll(): Promise<void> {
  world.cluster('down').control.setFault({ kind: 'down' });
  world.cluster('slow').control.setFault({ kind: 'slow', delayMs: SLOW_MS });
  await world.cluster('expired').control.setExpiredCertificate(true);
  world.cluster('refused').control.setToken(OTHER_TOKEN);
}

async function repair(name: Broken): Promise<void> {
  const { control, token } = world.cluster(name);
  control.setFault({ kind: 'none' });
  if (name === 'expired') await control.setExpiredCertificate(false);
  if (name !== 'refused') return;
  const credential = { kind: 'token' as const, token: OTHER_TOKEN };
  await rotateClusterCredential(world.ctx, { id: world.clusterId(name), endpoint: { credential } });
  expect(token).not.toBe(OTHER_TOKEN);
}

const openDrift = (name: string) =>
  world.house.database.prisma.driftRecord.findMany({ where: { applicationId: idOf(name), closedAt: null } });

async function known(name: string) {
  const { sync, health, driftCount, objectCount, target, deployed } = await world.view(idOf(name));
  return { sync, health, driftCount, objectCount, target, deployed };
}

beforeAll(async () => {
  database = await makeTestDatabase();
  const env = { QUARTERDECK_CLUSTER_TIMEOUT: String(TIMEOUT_SECONDS) };
  world = await World.open({ databaseUrl: database.url, clusters: ['steady', 'stormy', ...BROKEN], env });
  await world.startWorker();
  const names = ['steady', 'stormy', ...BROKEN];
  const begin = async (name: string) => {
    const files = { 'app/settings.yaml': configMap('settings', { level: '0' }) };
    ids.set(name, await world.application({ name, cluster: name, files }));
    await world.deploy(idOf(name));
  };
  await Promise.all(names.map(begin));
});
afterAll(async () => {
  await world?.stop();
  await database?.drop();
});

describe('a cluster that is down, slow, expired or refuses us', () => {
  const before = new Map<string, Awaited<ReturnType<typeof known>>>();
  const clicked = new Map<string, string>();
  let asked: Promise<unknown>[] = [];
  let steadyRequests: Record<string, number> = {};

  test('delays nobody: all is recorded elsewhere while its first request is still open', async () => {
    const moveGit = async (name: Broken) => {
      await world.push(name, { 'app/settings.yaml': configMap('settings', { level: '1' }) });
      await until(
        () => world.view(idOf(name)),
        (view) => view.sync === 'OutOfSync',
      );
      before.set(name, await known(name));
    };
    await Promise.all(BROKEN.map(moveGit));
    const plans = new Map<string, Awaited<ReturnType<World['plan']>>>();
    for (const name of ['down', 'expired'] as const) plans.set(name, await world.plan(idOf(name)));
    steadyRequests = world.cluster('steady').control.requests();
    await breakAll();
    for (const [name, plan] of plans) clicked.set(name, await world.click(idOf(name), plan));
    const { control } = world.cluster('slow');
    const subject = {
      applicationId: idOf('slow'),
      clusterId: world.clusterId('slow'),
      objectKey: '/ConfigMap/slow/settings',
    };
    asked = Array.from({ length: 12 }, () => ask(world.ctx, { kind: 'live-manifest', subject }).catch(String));
    const [first] = await until(
      async () => control.unanswered(),
      (numbers) => numbers.length > 0,
    );
    for (let change = 1; change <= 10; change += 1) {
      await world.edit('steady', settings('steady'), { data: { level: `by hand ${change}` } });
      await until(
        () => openDrift('steady'),
        ([drift]) => drift?.after === `by hand ${change}`,
      );
    }
    const plan = await world.plan(idOf('steady'));
    expect(await world.finished(await world.click(idOf('steady'), plan))).toMatchObject({ phase: 'succeeded' });
    const live = { ...subject, applicationId: idOf('steady'), clusterId: world.clusterId('steady') };
    const objectKey = '/ConfigMap/steady/settings';
    expect(await ask(world.ctx, { kind: 'live-manifest', subject: { ...live, objectKey } })).toMatchObject({
      text: expect.stringContaining('level: "0"'),
    });
    expect(control.unanswered()).toContain(first);
  });

  test.each(BROKEN)('%s: says what is wrong on the cluster and keeps the last known state', async (name) => {
    const cluster = await until(
      () => world.clusterView(name),
      (view) => view.status === 'silent',
    );
    expect(cluster.lastError).toMatch(WORDS[name].silent);
    expect(cluster.silentSince).not.toBeNull();
    expect(cluster.lastContactAt).not.toBeNull();
    expect(await world.view(idOf(name))).toMatchObject({ stale: true, clusterStatus: 'silent' });
    if (!clicked.has(name)) expect(await known(name)).toEqual(before.get(name));
  });

  test.each(BROKEN)('%s: a plan says why it cannot be made', async (name) => {
    const plan = await world.plan(idOf(name));
    expect(plan).toMatchObject({ state: 'failed', error: expect.stringMatching(WORDS[name].plan) });
  });

  test('down: a click before it waits with the reason, and a person may end it with nothing applied', async () => {
    const id = clicked.get('down') ?? '';
    const waiting = await until(
      () => world.operation(id),
      ({ message }) => message.includes('Trying again'),
    );
    expect(waiting).toMatchObject({ phase: 'running', message: expect.stringMatching(WORDS.down.plan) });
    await world.terminate(id);
    const done = await world.finished(id);
    expect(done.phase).toBe('terminated');
    expect(done.objects.every((object) => object.result === 'pending')).toBe(true);
    await until(
      () => known('down'),
      (now) => deepEqual(now, before.get('down')),
    );
    expect((await world.audit(idOf('down'))).filter((line) => /^sync\.(finish|terminate)/.test(line))).toEqual([
      'sync.finish succeeded',
      'sync.terminate allowed',
      'sync.finish failed',
    ]);
  });

  test('expired: a click before it ends with the reason, nothing applied', async () => {
    const done = await world.finished(clicked.get('expired') ?? '');
    expect(done).toMatchObject({ phase: 'failed', message: expect.stringMatching(WORDS.expired.plan) });
    expect(done.objects.every((object) => object.result === 'pending')).toBe(true);
    expect(await known('expired')).toEqual(before.get('expired'));
    expect(await world.view(idOf('expired'))).toMatchObject({
      attentionReason: 'operation-failed',
      cause: expect.stringMatching(WORDS.expired.plan),
    });
    expect((await world.audit(idOf('expired'))).filter((line) => line.startsWith('sync.finish'))).toEqual([
      'sync.finish succeeded',
      'sync.finish failed',
    ]);
  });

  test('slow: every question about it is answered with the reason', async () => {
    for (const answer of await Promise.all(asked)) expect(answer).toMatch(/no answer within 10 s|does not answer/);
  });

  test('leaves the others as they were: connected, watched, not listed again', async () => {
    expect(await world.clusterView('steady')).toMatchObject({ status: 'connected', lastError: null });
    const { control } = world.cluster('steady');
    expect(control.requests()['watch']).toBe(steadyRequests['watch']);
  });

  test.each(BROKEN)('%s: comes back by itself, with what happened meanwhile', async (name) => {
    await repair(name);
    const cluster = world.cluster(name);
    const edited = { ...cluster, token: name === 'refused' ? OTHER_TOKEN : cluster.token };
    await world.edit(edited, settings(name), { metadata: { labels: { hand: 'yes' } }, data: { level: 'meanwhile' } });
    await until(
      () => openDrift(name),
      ([drift]) => drift?.after === 'meanwhile',
    );
    const view = await until(
      () => world.clusterView(name),
      (one) => one.status === 'connected',
    );
    expect(view).toMatchObject({ lastError: null, silentSince: null });
    const done = await world.finished(await world.click(idOf(name), await world.plan(idOf(name))));
    expect(done).toMatchObject({ phase: 'succeeded' });
    await until(
      () => world.view(idOf(name)),
      ({ sync, stale, error, driftCount }) => sync === 'Synced' && !stale && error === null && driftCount === 0,
    );
  });
});

describe('a cluster that forgets its history again and again', () => {
  test('is listed a bounded number of times, and what is shown stays true', async () => {
    const { control } = world.cluster('stormy');
    const kinds = control.watches();
    const lists = () => control.requests()['list'] ?? 0;
    const begun = performance.now();
    const before = lists();
    control.setFault({ kind: 'expire-watches' });
    for (const level of ['1', '2', '3']) {
      const listed = lists();
      await world.edit('stormy', settings('stormy'), { data: { level } });
      await until(
        () => openDrift('stormy'),
        ([drift]) => drift?.after === level,
      );
      expect(lists()).toBeGreaterThan(listed);
    }
    // A kind rests 0.25 s at least after its first 410, and twice as long after each further one.
    const most = Math.ceil(Math.log2(1 + (performance.now() - begun) / 250)) + 1;
    expect(kinds).toBeGreaterThan(0);
    expect(lists() - before).toBeLessThanOrEqual(kinds * most);
    expect(await world.clusterView('stormy')).toMatchObject({ status: 'connected', lastError: null });
    control.setFault({ kind: 'none' });
    await until(
      async () => control.watches(),
      (count) => count === kinds,
    );
    const settled = lists();
    await world.edit('stormy', settings('stormy'), { data: { level: '0' } });
    await until(
      () => openDrift('stormy'),
      (drifts) => drifts.length === 0,
    );
    expect(lists()).toBe(settled);
  });
});
