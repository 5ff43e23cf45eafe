import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listDeployments } from '#lib/services/applications/deployments.ts';
import { makeTestDatabase } from '#lib/testing/database.ts';
import { configMap, until, World } from '../world.ts';

const run = promisify(execFile);
const GOOD = { 'app/settings.yaml': configMap('settings', { level: '1' }) };
const CHART = {
  'app/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'app/values.yaml': 'level: "1"\n',
  'app/templates/settings.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {level: {{ .Values.level | quote }}}\n',
};
const OVERLAY = { ...GOOD, 'app/kustomization.yaml': 'resources: [settings.yaml]\n' };

interface Break {
  files?: Record<string, string | null>;
  links?: Record<string, string>;
}

interface Row {
  name: string;
  good?: Record<string, string>;
  bad: Break;
  mend?: Break;
  /** What a person reads: which file or object, and what to do. */
  words: RegExp[];
}

const ROWS: Row[] = [
  {
    name: 'path-missing',
    bad: { files: { 'app/settings.yaml': null, 'elsewhere/settings.yaml': configMap('settings', { level: '1' }) } },
    words: [/"app" does not exist/, /correct the path/],
  },
  {
    name: 'broken-yaml',
    bad: { files: { 'app/settings.yaml': 'kind: ConfigMap\ndata: [unclosed\n' } },
    words: [/app\/settings\.yaml/, /line \d|:\d/],
  },
  {
    name: 'duplicate',
    bad: { files: { 'app/other.yaml': configMap('settings', { level: '2' }) } },
    mend: { files: { 'app/other.yaml': null } },
    words: [/ConfigMap "settings"/, /app\/other\.yaml/, /app\/settings\.yaml/, /keep one/],
  },
  {
    name: 'template-error',
    good: CHART,
    bad: { files: { 'app/templates/settings.yaml': 'kind: {{ required "the level is needed" .Values.nothing }}\n' } },
    words: [/templates\/settings\.yaml/, /the level is needed/],
  },
  {
    name: 'fifty-megabytes',
    bad: { files: { 'app/settings.yaml': `# ${'x'.repeat(50 * 1024 * 1024)}\n` } },
    words: [/app\/settings\.yaml" has 50\.0 MiB/, /at most 20\.0 MiB/],
  },
  {
    name: 'link-out',
    bad: { links: { 'app/passwords.yaml': '../../../../etc/passwd' } },
    mend: { files: { 'app/passwords.yaml': null } },
    words: [/app\/passwords\.yaml/, /leaves the repository/, /replace the link/],
  },
  {
    name: 'remote-base',
    good: OVERLAY,
    bad: {
      files: { 'app/kustomization.yaml': 'resources: [settings.yaml, "https://github.com/example/base?ref=v1"]\n' },
    },
    words: [/app\/kustomization\.yaml/, /github\.com\/example\/base/, /copy|vendor|into the repository/i],
  },
];

let world: World;
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
const ids = new Map<string, string>();
const idOf = (name: string) => ids.get(name) ?? '';

async function begin(name: string, files: Record<string, string> = GOOD): Promise<void> {
  ids.set(name, await world.application({ name, cluster: 'one', files }));
  await world.deploy(idOf(name));
}

async function known(name: string) {
  const { sync, health, objectCount, target, deployed } = await world.view(idOf(name));
  return { sync, health, objectCount, target: target?.sha, deployed: deployed?.sha };
}

const failed = (name: string) =>
  until(
    () => world.view(idOf(name)),
    (view) => view.error !== null && view.errorStep !== null,
  );
const recovered = (name: string, sha: string) =>
  until(
    () => world.view(idOf(name)),
    (view) => view.error === null && view.errorStep === null && (view.target?.sha === sha || view.cause === ''),
  );

beforeAll(async () => {
  database = await makeTestDatabase();
  world = await World.open({
    databaseUrl: database.url,
    clusters: ['one'],
    env: { QUARTERDECK_GIT_TIMEOUT: '20' },
  });
  await world.startWorker();
  const others = ['steady', 'hanging', 'gone', 'branch-gone', 'forced'];
  await Promise.all([...ROWS.map((row) => begin(row.name, row.good)), ...others.map((name) => begin(name))]);
});
afterAll(async () => {
  await world?.stop();
  await database?.drop();
});

describe('a commit that cannot be rendered', () => {
  const before = new Map<string, Awaited<ReturnType<typeof known>>>();

  test.each(ROWS)(
    '$name: is explained on the application, which keeps what was known',
    async ({ name, bad, words }) => {
      before.set(name, await known(name));
      await world.push(name, bad.files ?? {}, bad.links ? { links: bad.links } : {});
      const { error, errorStep } = await failed(name);
      for (const word of words) expect(error).toMatch(word);
      expect(errorStep).toBe('render');
      expect(await known(name)).toEqual(before.get(name));
      const view = await until(
        () => world.view(idOf(name)),
        (one) => one.cause === error,
      );
      expect(view.attentionReason).toBe('unknown');
    },
  );

  test.each(ROWS)('$name: is forgotten when it is mended', async ({ name, good = GOOD, mend }) => {
    const sha = await world.push(name, mend?.files ?? good);
    await recovered(name, sha);
    expect(await world.view(idOf(name))).toMatchObject({ error: null, sync: 'Synced' });
  });
});

describe('a repository', () => {
  test('that hangs delays no other, and is told from one that answers', async () => {
    world.git.setFault('hanging', 'hanging');
    await world.fetch('hanging');
    const heldBy = () =>
      world.house.database.prisma.$queryRaw<{ fence: bigint }[]>`
        SELECT fence FROM "Lease" WHERE key = ${`repository:${world.repositoryId('hanging')}`} AND "expiresAt" > now()`;
    const first = await until(heldBy, (rows) => rows.length === 1);
    for (let level = 2; level <= 4; level += 1) {
      const sha = await world.push('steady', { 'app/settings.yaml': configMap('settings', { level: String(level) }) });
      await until(
        () => world.view(idOf('steady')),
        (view) => view.target?.sha === sha && view.sync === 'OutOfSync',
      );
    }
    expect(await heldBy()).toEqual(first);
    const { error } = await failed('hanging');
    expect(error).toMatch(/[Nn]o answer within 20 s/);
    expect(await world.repositoryView('hanging')).toMatchObject({
      status: 'unreachable',
      lastError: expect.stringMatching(/[Nn]o answer within 20 s/),
    });
    world.git.setFault('hanging', 'none');
    await recovered('hanging', '');
    expect(await world.repositoryView('hanging')).toMatchObject({ status: 'reachable', lastError: null });
  });

  test('that is gone is told on itself and its applications, and comes back by itself', async () => {
    const before = await known('gone');
    world.git.setFault('gone', 'gone');
    await world.fetch('gone');
    const { error, errorStep } = await failed('gone');
    expect(errorStep).toBe('source');
    expect(error).toMatch(/no such repository/);
    expect(error).toMatch(/correct its URL/);
    const repository = await world.repositoryView('gone');
    expect(repository).toMatchObject({ status: 'unreachable', lastError: expect.stringMatching(/no such repository/) });
    expect(`${error ?? ''}${repository.lastError ?? ''}`).not.toContain(world.git.token);
    expect(await known('gone')).toEqual(before);
    world.git.setFault('gone', 'none');
    await recovered('gone', '');
    expect(await world.repositoryView('gone')).toMatchObject({ status: 'reachable', lastError: null });
  });

  test('without the branch says which, keeps what was known, and takes it up when it is there again', async () => {
    const before = await known('branch-gone');
    await world.git.pushCommit({ repository: 'branch-gone', branch: 'other', subject: 'Another branch', files: {} });
    await world.git.deleteBranch('branch-gone', 'main');
    await world.fetch('branch-gone');
    const { error, errorStep } = await failed('branch-gone');
    expect(errorStep).toBe('source');
    expect(error).toMatch(/main/);
    expect(error).toMatch(/target revision/);
    expect(await known('branch-gone')).toEqual(before);
    const sha = await world.push('branch-gone', GOOD, { parent: before.deployed ?? '' });
    await recovered('branch-gone', sha);
  });

  test('whose branch was force-pushed keeps what was deployed, in history and to go back to', async () => {
    const first = (await known('forced')).deployed ?? '';
    await world.push('forced', { 'app/settings.yaml': configMap('settings', { level: '2' }) });
    await until(
      () => world.view(idOf('forced')),
      (view) => view.sync === 'OutOfSync',
    );
    await world.deploy(idOf('forced'));
    const lost = (await known('forced')).deployed ?? '';
    const files = { 'app/settings.yaml': configMap('settings', { level: '3' }) };
    const sha = await world.push('forced', files, { parent: first });
    await until(
      () => world.view(idOf('forced')),
      (view) => view.target?.sha === sha && view.sync === 'OutOfSync',
    );
    const timeline = await world.house.database.prisma.timelineEntry.findMany({
      where: { applicationId: idOf('forced') },
    });
    expect(timeline.map((entry) => entry.summary)).toContainEqual(expect.stringMatching(/main was force-pushed/));
    const mirror = path.join(world.folder, 'mirrors', `${world.repositoryId('forced')}.git`);
    await run('git', ['--git-dir', mirror, 'gc', '--quiet', '--prune=now']);
    await world.deploy(idOf('forced'));
    const { items } = await listDeployments(world.ctx, { id: idOf('forced'), limit: 10 });
    expect(items.map((item) => item.commit.sha)).toEqual([sha, lost, first]);
    expect(items[1]?.commit.subject).toBe('Change');
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const input = {
      kind: 'pin' as const,
      deploymentId: items[1]?.id ?? '',
      reason: 'the lost one was better',
      expiresAt,
    };
    const plan = await world.plan(idOf('forced'), input);
    expect(plan).toMatchObject({ state: 'ready', revision: lost });
    const done = await world.finished(await world.click(idOf('forced'), plan));
    expect(done).toMatchObject({ phase: 'succeeded' });
    expect((await known('forced')).deployed).toBe(lost);
    const back = { kind: 'rollback-git' as const, deploymentId: items[1]?.id ?? '', reason: 'the lost one was better' };
    expect(await world.plan(idOf('forced'), back)).toMatchObject({ state: 'ready' });
  });
});
