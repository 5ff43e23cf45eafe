import { expect, type Page, test } from '@playwright/test';
import type { DeploymentView } from '#lib/contracts/deployments.ts';
import type { DriftView } from '#lib/contracts/drift.ts';
import { until } from '../api-session.ts';
import { leaksIn, type Place } from '../canary/place.ts';
import { badFolders, foldersOf, goodFolders, secret, stringData } from '../canary/repository.ts';
import { followStream, walkApi } from '../canary/walk-api.ts';
import { seen, signInTo, walkPages } from '../canary/walk-pages.ts';
import { walkDatabase, walkFiles } from '../canary/walk-stored.ts';
import { type CanaryWorld, NAMESPACE, REPOSITORY, startCanaryWorld, Steering } from '../canary/world.ts';
import { ADMIN } from '../product.ts';

test.describe.configure({ mode: 'serial' });

/** Known secrets go every way a secret can go; afterwards none of them is anywhere it must not be. */
test.describe('secrets', () => {
  let world: CanaryWorld;
  let page: Page;
  let stream: ReturnType<typeof followStream>;
  let invitation = '';
  const applications = new Map<string, Steering>();
  const plans: string[] = [];

  const app = (name: string): Steering => {
    const found = applications.get(name);
    if (!found) throw new Error(`There is no application ${name}.`);
    return found;
  };
  const valueOf = async (name: string) => {
    const text = await world.kubectl(['get', 'secret', name, '-o', 'jsonpath={.data.value}']);
    return Buffer.from(text, 'base64').toString('utf8');
  };
  const synced = (name: string) => app(name).settled(`${name} in sync`, (view) => view.sync === 'Synced');
  const refuse = async (method: string, path: string, body: unknown) => {
    const { status, json } = await world.admin.raw(method, path, body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(leaksIn([{ where: `${method} ${path}`, text: JSON.stringify(json) }], world.all)).toEqual([]);
  };

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(600_000);
    world = await startCanaryWorld();
    stream = followStream(world.admin);
    page = await signInTo(await browser.newContext(), world.admin);
    const { canaries } = world;
    await world.push('Everything', { ...goodFolders(canaries), ...badFolders(canaries) });
  });
  test.afterAll(async () => {
    await stream?.stop();
    await page?.context().close();
    await world?.stop();
  });

  test('are given as credentials', async () => {
    const { admin, canaries, clusters, echoing, git } = world;
    const [cluster] = clusters.clusters;
    const token = { kind: 'token', token: cluster?.token };
    const { id: clusterId } = await admin.call<{ id: string }>('POST', '/api/v1/clusters', {
      name: 'vault',
      server: echoing.url,
      credential: token,
    });
    const certificate = { kind: 'client-certificate', ...world.client };
    const endpoint = { server: cluster?.server, caData: cluster?.caData, credential: certificate };
    await admin.call('POST', '/api/v1/clusters/test', { ...endpoint, access: 'full' });
    await admin.call('POST', '/api/v1/clusters', { name: 'by-certificate', ...endpoint });
    await refuse('POST', '/api/v1/clusters', {
      name: 'by-url',
      server: `https://admin:${canaries.urlToken.value}@127.0.0.1`,
      credential: token,
    });
    const url = `${git.url}/${REPOSITORY}.git`;
    const credential = (secretToken: string) => ({ kind: 'https-token', username: 'git', token: secretToken });
    const ssh = { kind: 'ssh-key', privateKey: canaries.sshKey.value, knownHosts: '127.0.0.1 ssh-ed25519 AAAA' };
    await refuse('POST', '/api/v1/repositories', {
      name: 'x',
      url: url.replace('//', `//x:${canaries.urlToken.value}@`),
    });
    for (const body of [
      { url, credential: credential(canaries.wrongToken.value) },
      { url: 'ssh://git@127.0.0.1:1/x.git', credential: ssh },
    ]) {
      const tested = await admin.call<{ ok: boolean }>('POST', '/api/v1/repositories/test', body);
      expect(tested.ok).toBe(false);
      expect(leaksIn([{ where: 'the test', text: JSON.stringify(tested) }], world.all)).toEqual([]);
    }
    const repository = await admin.call<{ id: string }>('POST', '/api/v1/repositories', {
      name: REPOSITORY,
      url,
      credential: credential(git.token),
      pollIntervalSeconds: 3600,
    });
    for (const [name, body] of [
      ['wrong-token', { url: `${git.url}/shop.git`, credential: credential(canaries.wrongToken.value) }],
      ['by-ssh', { url: 'ssh://git@127.0.0.1:1/x.git', credential: ssh }],
    ] as const) {
      await admin.call('POST', '/api/v1/repositories', { name, ...body });
    }
    const hook = await admin.call<{ secret: string; urls: { github: string } }>(
      'POST',
      `/api/v1/repositories/${repository.id}/webhook-secret`,
    );
    world.keep('the secret of the webhook', hook.secret);
    git.addWebhook({ url: new URL(new URL(hook.urls.github).pathname, admin.url).href, secret: hook.secret });
    const { id: projectId } = await admin.call<{ id: string }>('POST', '/api/v1/projects', { name: 'vault' });
    for (const name of foldersOf({ ...goodFolders(canaries), ...badFolders(canaries) })) {
      const { id } = await admin.call<{ id: string }>('POST', '/api/v1/applications', {
        name,
        projectId,
        clusterId,
        namespace: NAMESPACE,
        source: { repositoryId: repository.id, targetRevision: 'main', path: name },
      });
      applications.set(name, new Steering(admin, id));
    }
  });

  test('are typed by people', async () => {
    const { admin, canaries } = world;
    await refuse('POST', '/api/v1/session', { email: ADMIN.email, password: canaries.wrongPassword.value });
    await refuse('POST', '/api/v1/session', { email: canaries.wrongPassword.value, password: 'x' });
    await refuse('POST', '/api/v1/clusters/kubeconfig', {
      kubeconfig: `token: "${canaries.wrongToken.value}`,
      more: 1,
    });
    const invited = await admin.call<{ url: string }>('POST', '/api/v1/people/invitations', {
      email: 'guest@quarterdeck.test',
      role: 'viewer',
    });
    invitation = invited.url.split('/').at(-1) ?? '';
    world.keep('the token of an invitation', invitation);
    await refuse('POST', '/api/v1/join', {
      token: invitation,
      name: 'x',
      email: 'other@quarterdeck.test',
      password: 'short',
    });
    // The address of the page carries the token, so the page may; nothing that remembers addresses may.
    expect((await fetch(new URL(`/join/${invitation}`, admin.url))).status).toBe(200);
  });

  test('are synced, pruned and rolled back', async () => {
    test.setTimeout(300_000);
    const { canaries } = world;
    for (const name of ['plain', 'chart', 'overlay', 'frozen']) {
      await app(name).settled(`${name} rendered`, (view) => view.sync === 'OutOfSync');
      expect(await app(name).operate({ kind: 'sync', prune: false })).toMatchObject({ phase: 'succeeded' });
    }
    for (const name of ['data', 'text', 'listed', 'frozen', 'chart', 'pruned'] as const)
      expect(await valueOf(name)).toBe(canaries[name].value);
    const generated = await world.kubectl(['get', 'secrets', '-o', 'json']);
    expect(generated).toContain(Buffer.from(canaries.literal.value).toString('base64'));
    await synced('plain');
    await world.push('Take one away', { 'plain/pruned.yaml': null });
    await app('plain').settled('a pending change', (view) => view.sync === 'OutOfSync');
    expect(await app('plain').operate({ kind: 'sync', prune: true })).toMatchObject({ phase: 'succeeded' });
    expect(await world.kubectl(['get', 'secrets', '-o', 'name'])).not.toContain('pruned');
    const path = `/api/v1/applications/${app('plain').id}/deployments`;
    const { items } = await world.admin.call<{ items: DeploymentView[] }>('GET', path);
    const back = { kind: 'rollback-git', deploymentId: items.at(-1)?.id ?? '', reason: 'it was needed' } as const;
    expect(await app('plain').operate(back)).toMatchObject({ phase: 'succeeded' });
    expect(await valueOf('pruned')).toBe(canaries.pruned.value);
  });

  test('are edited by hand, which shows as drift', async () => {
    const { admin, canaries, kubectl } = world;
    await synced('plain');
    const edited = secret('text', stringData(canaries.drifted.value)).replace(
      '{name: text}',
      `{name: text, annotations: {note: ${JSON.stringify(`once ${canaries.drifted.value}`)}}}`,
    );
    await kubectl(['apply', '--force-conflicts=false', '-f', '-'], edited);
    expect(await valueOf('text')).toBe(canaries.drifted.value);
    expect(await kubectl(['get', 'secret', 'text', '-o', 'yaml'])).toContain('last-applied-configuration');
    const uid = await kubectl(['get', 'configmap', 'settings', '-o', 'jsonpath={.metadata.uid}']);
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', uid };
    const child = secret('child', stringData(canaries.child.value)).replace(
      '{name: child}',
      `{name: child, ownerReferences: [${JSON.stringify(owner)}]}`,
    );
    await kubectl(['create', '-f', '-'], child);
    const involved = await kubectl(['get', 'secret', 'text', '-o', 'jsonpath={.metadata.uid}']);
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'talkative', namespace: NAMESPACE },
      involvedObject: { apiVersion: 'v1', kind: 'Secret', name: 'text', namespace: NAMESPACE, uid: involved },
      type: 'Warning',
      reason: 'Rejected',
      message: `the value ${JSON.stringify(canaries.drifted.value)} was rejected, so was ${canaries.drifted.value}`,
    };
    await kubectl(['create', '-f', '-'], JSON.stringify(event));
    const ask = () => admin.call<{ items: DriftView[] }>('GET', `/api/v1/drift?applicationId=${app('plain').id}`);
    const { answer } = await until('the drift', ask, {
      holds: ({ items }) => items.some((one) => one.path === 'data.value'),
    });
    const drift = answer.items.find((one) => one.path === 'data.value');
    const token = expect.stringMatching(/^••••••#[0-9a-f]{12}$/);
    expect(drift).toMatchObject({ before: token, after: token, manager: 'kubectl-client-side-apply' });
    expect(drift?.before).not.toBe(drift?.after);
    await until('the stream', async () => stream.text(), { holds: (text) => text.includes(app('plain').id) });
  });

  test('fail to be applied', async () => {
    const { canaries } = world;
    await world.push('Change what cannot be changed', {
      'frozen/frozen.yaml': secret('frozen', 'immutable: true', stringData(canaries.thawed.value)),
    });
    await app('frozen').settled('a pending change', (view) => view.sync === 'OutOfSync');
    for (const name of ['frozen', 'refused-in-plan']) {
      const view = await app(name).plan({ kind: 'sync', prune: false });
      plans.push(view.id);
      expect(view.result?.counts.conflict).toBe(1);
    }
    const before = world.echoing.refusals();
    expect(before).toBeGreaterThan(0);
    const done = await app('refused-in-sync').operate({ kind: 'sync', prune: false });
    expect(done).toMatchObject({ phase: 'failed', objects: [{ result: 'failed' }] });
    expect(done.objects[0]?.message).toContain('talkative.example');
    expect(world.echoing.refusals()).toBeGreaterThan(before);
  });

  test('fail to be rendered', async () => {
    for (const name of foldersOf(badFolders(world.canaries))) {
      const { error } = await app(name).settled(`the error of ${name}`, (view) => view.error !== null);
      expect(leaksIn([{ where: name, text: error ?? '' }], world.all)).toEqual([]);
    }
  });

  test('are in no answer, page and event', async () => {
    test.setTimeout(300_000);
    const { admin, canaries } = world;
    const ids = [...applications.values()].map(({ id }) => id);
    const answers = await walkApi(
      { admin, url: admin.url, metricsToken: canaries.metricsToken.value },
      { invitation, plans },
    );
    const pages = await walkPages(admin, ids);
    const places = [...answers, ...pages, { where: 'the stream', text: stream.text() }];
    // The walk saw what it was to look at: the masked values, the refusals, the exports.
    const text = answers.map((place) => place.text).join('\n');
    for (const word of ['••••••#', 'talkative.example', 'drift', 'by-certificate', 'application.create'])
      expect(text).toContain(word);
    expect(leaksIn(places, world.all)).toEqual([]);
  });

  test('are on no screen', async () => {
    test.setTimeout(300_000);
    const { admin } = world;
    const plain = app('plain').id;
    const places: Place[] = [];
    const look = async (address: string, what = address) => {
      await page.goto(`${admin.url}${address}`);
      places.push(await seen(page, what));
    };
    for (const { id } of applications.values()) await look(`/applications/${id}`);
    for (const tab of ['resources', 'history', 'timeline', 'events', 'settings'])
      await look(`/applications/${plain}/${tab}`);
    const live = `/applications/${plain}/resources?object=${encodeURIComponent(`/Secret/${NAMESPACE}/text`)}`;
    await page.goto(`${admin.url}${live}`);
    await expect(
      page
        .getByRole('dialog')
        .getByText(/value: .?••••••#[0-9a-f]{12}/)
        .first(),
    ).toBeVisible();
    places.push(await seen(page, 'the live Secret'));
    for (const address of [
      '/',
      '/applications',
      '/drift',
      '/audit',
      '/settings/clusters',
      '/settings/repositories',
      '/settings/projects',
      '/settings/health-rules',
      '/settings/people',
    ])
      await look(address);
    await page.goto(`${admin.url}/applications/${app('refused-in-plan').id}`);
    await page.getByRole('group', { name: 'Actions' }).getByRole('button', { name: /^Sync/ }).click();
    await expect(page.getByRole('dialog').getByText('talkative.example').first()).toBeVisible();
    places.push(await seen(page, 'a plan that the server refuses'));
    await page.goto(`${admin.url}/applications/${plain}`);
    await page.getByRole('button', { name: 'Revert Secret text' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Revert/ })
      .click();
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Done' })).toBeVisible({ timeout: 60_000 });
    places.push(await seen(page, 'the end of a revert'));
    expect(leaksIn(places, world.all)).toEqual([]);
    expect(await valueOf('text')).toBe(world.canaries.text.value);
  });

  test('are in no column and no file', async () => {
    test.setTimeout(300_000);
    const columns = await walkDatabase(world.databaseUrl);
    expect(columns.find(({ where }) => where === 'public."DriftRecord".before')?.text).toContain('••••••#');
    expect(columns.some(({ where }) => where.startsWith('pgboss.'))).toBe(true);
    const { product, scratch } = world;
    // The programs in tools/ are the packages' own; postgres/ is the database just walked, and mirrors/ is Git.
    const kept = await walkFiles(product.dataDirectory, ['postgres', 'mirrors', 'tools', 'encryption.key']);
    expect(kept.find(({ where }) => where === 'logs/worker.log')?.text).toContain('"level":"warn"');
    const places = [
      ...columns,
      ...kept,
      ...(await walkFiles(scratch)),
      { where: 'the launcher', text: product.output() },
    ];
    expect(leaksIn(places, world.all)).toEqual([]);
  });
});
