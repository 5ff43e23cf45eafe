import { expect, type Locator, type Page } from '@playwright/test';
import { ApiSession } from '../api-session.ts';
import { Application } from '../application.ts';
import { action, confirmPlan, dialog, expectRefused, open, signIn, state, tableRow } from '../console.ts';
import { baseUrl, openPage, test } from '../fixtures.ts';
import { deployment } from '../manifests.ts';
import { ADMIN } from '../product.ts';
import { type RealWorld, startRealWorld } from '../real-world.ts';

const NAME = 'harbour';
const WEBHOOK_MS = 10_000;
const DRIFT_MS = 2_000;
/** Long enough to pin and to see a commit held back, on a busy machine too. */
const PIN_MS = 35_000;

test.describe.configure({ mode: 'serial' });

/** The product's main job by hand, in a browser, on a real control plane and a real Git server. */
test.describe('the main job', () => {
  let world: RealWorld;
  let page: Page;
  /** The same person over the API, for what a screen cannot prove. */
  let harbour: Application;

  const cluster = () => `real-ui-${world.suffix}`;
  const image = (tag: string) => `registry.example/harbour:${tag}`;
  const push = (subject: string, tag: string) =>
    world.push(subject, { 'deploy/harbour.yaml': deployment(NAME, image(tag), 2) });
  const live = (path: string) => world.kubectl('-n', 'harbour', 'get', 'deployment', NAME, '-o', `jsonpath={${path}}`);
  const liveImage = () => live('.spec.template.spec.containers[0].image');
  const drift = () => page.getByRole('region', { name: 'Drift' });
  const pending = () => page.getByRole('region', { name: 'Pending changes' });
  const openApplication = () => open(page, harbour.path);
  const optionOf = async (field: Locator, words: string) =>
    (await field.locator('option', { hasText: words }).last().getAttribute('value')) ?? '';

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(600_000);
    world = await startRealWorld();
    await push('Open the harbour', '1.0.0');
    page = await openPage(browser, null);
  });
  test.afterAll(async () => {
    await page?.context().close();
    await world?.stop();
  });

  test('signs in', async () => {
    await page.goto('/');
    await signIn(page, ADMIN);
    await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible();
  });

  test('registers a cluster from a kubeconfig', async () => {
    await open(page, '/settings/clusters');
    await page.getByRole('button', { name: 'Add cluster' }).first().click();
    await dialog(page).getByLabel('Kubeconfig', { exact: true }).last().fill(world.plane.kubeconfig);
    await dialog(page).getByRole('button', { name: 'Read contexts' }).click();
    await dialog(page).getByRole('checkbox', { name: 'real' }).check();
    await dialog(page)
      .getByLabel(/^Name of/)
      .fill(cluster());
    await dialog(page)
      .getByLabel(/^Labels of/)
      .fill('environment=test');
    await dialog(page).getByRole('button', { name: 'Test connection' }).click();
    await expect(dialog(page).getByRole('status', { name: 'Connection test' })).toContainText('v1.36.3');
    await dialog(page).getByRole('button', { name: 'Add cluster' }).click();
    await expect(tableRow(page, 'Clusters', cluster())).toBeVisible();
  });

  test('registers a repository, and its webhook with the Git server', async () => {
    await open(page, '/settings/repositories');
    await page.getByRole('button', { name: 'Add repository' }).first().click();
    await dialog(page).getByLabel('Name', { exact: true }).fill(world.repository);
    await dialog(page).getByLabel('URL').fill(`${world.git.url}/${world.repository}.git`);
    // Asked once a day: only the webhook can make a commit show within seconds.
    await dialog(page).getByLabel('Ask every (s)').fill('86400');
    await dialog(page).getByRole('radio', { name: /token/i }).check();
    await dialog(page).getByLabel('Token', { exact: true }).fill(world.git.token);
    await dialog(page).getByRole('button', { name: 'Test connection' }).click();
    await expect(dialog(page).getByRole('status')).toContainText('Connected');
    await dialog(page).getByRole('button', { name: 'Add repository' }).click();
    await expect(tableRow(page, 'Repositories', world.repository)).toBeVisible();

    await page.getByRole('button', { name: `More for ${world.repository}` }).click();
    await page.getByRole('menuitem', { name: 'Webhook…' }).click();
    await dialog(page).getByRole('button', { name: 'Make secret' }).click();
    const secret = await dialog(page).getByLabel('webhook secret', { exact: true }).innerText();
    const url = await dialog(page).getByLabel('address for GitHub-style push events', { exact: true }).innerText();
    expect(new URL(url).origin).toBe(baseUrl());
    world.git.addWebhook({ url, secret, repository: world.repository });
    await dialog(page).getByRole('button', { name: 'Close' }).click();
    await expect(tableRow(page, 'Repositories', world.repository)).toContainText('configured');
  });

  test('declares an application, which appears out of sync', async () => {
    await open(page, '/settings/projects');
    await page.getByRole('button', { name: 'Add project' }).first().click();
    await dialog(page).getByLabel('Name', { exact: true }).fill(world.repository);
    await dialog(page).getByRole('button', { name: 'Add project' }).click();
    await expect(dialog(page)).toBeHidden();
    await open(page, '/applications/new');
    await page.getByRole('button', { name: 'YAML' }).click();
    await page.getByLabel('Application as YAML').fill(`apiVersion: quarterdeck.dev/v1
kind: Application
metadata: {name: ${NAME}}
spec:
  project: ${world.repository}
  destination: {cluster: ${cluster()}, namespace: harbour}
  source: {repository: ${world.repository}, targetRevision: main, path: deploy}
`);
    await page.getByRole('button', { name: 'Add application' }).click();
    await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeVisible();
    await expect(state(page, 'OutOfSync')).toBeVisible();
    harbour = new Application(await ApiSession.signIn(baseUrl()), new URL(page.url()).pathname.split('/')[2] ?? '');
  });

  test('syncs it until it is healthy', async () => {
    await action(page, /^Sync/).click();
    await expect(dialog(page).getByRole('list', { name: 'Planned objects' })).toContainText('Deployment');
    await confirmPlan(page, /^Sync/);
    await expect(state(page, 'Synced')).toBeVisible();
    await expect(state(page, 'Healthy')).toBeVisible();
    expect(await liveImage()).toBe(image('1.0.0'));
  });

  test('shows a commit as a pending change by webhook, and syncs it', async () => {
    await push('Widen the harbour', '1.1.0');
    await expect(pending().getByText(image('1.1.0')).first()).toBeVisible({ timeout: WEBHOOK_MS });
    await expect(drift()).toBeHidden();
    await action(page, /^Sync/).click();
    await confirmPlan(page, /^Sync/);
    await expect(state(page, 'Synced')).toBeVisible();
    await expect(state(page, 'Healthy')).toBeVisible();
  });

  test('names kubectl as the one who scaled it, and reverts that', async () => {
    await harbour.atRest();
    await world.kubectl('-n', 'harbour', 'scale', 'deployment', NAME, '--replicas=5');
    await expect(drift().getByText('kubectl').first()).toBeVisible({ timeout: DRIFT_MS });
    await expect(drift().getByText('spec.replicas').first()).toBeVisible();
    const [record] = await harbour.drift();
    expect(record).toMatchObject({ path: 'spec.replicas', before: 2, after: 5, manager: 'kubectl', culprit: 'person' });
    await drift()
      .getByRole('button', { name: /Revert/ })
      .first()
      .click();
    await confirmPlan(page, /^Revert/);
    await expect(drift()).toBeHidden();
    expect(await live('.spec.replicas')).toBe('2');
  });

  test('rolls back by a commit in Git', async () => {
    await harbour.atRest();
    await action(page, /^Roll back/).click();
    const target = dialog(page).getByLabel('Back to');
    await target.selectOption(await optionOf(target, 'Open the harbour'));
    await dialog(page).getByLabel('Reason').fill('the wide harbour leaks');
    await dialog(page).getByRole('button', { name: 'Show the plan' }).click();
    await expect(dialog(page).getByRole('region', { name: 'Commit' })).toContainText('deploy/harbour.yaml');
    await confirmPlan(page, /^Roll back/);
    await expect(page.getByRole('list', { name: 'From commit to workload' })).toContainText(`Roll back ${NAME} to`);
    await expect(state(page, 'Synced')).toBeVisible();

    const commit = await world.show('main', '%an <%ae>%n%B');
    expect(commit).toContain(`admin <${ADMIN.email}>`);
    expect(commit).toContain('the wide harbour leaks');
    expect(commit).toContain(`Link: ${baseUrl()}/applications/${harbour.id}`);
    expect(await world.show('main:deploy/harbour.yaml')).toBe(deployment(NAME, image('1.0.0'), 2));
    expect(await world.show('main~1', '%s')).toContain('Widen the harbour');
    expect(await liveImage()).toBe(image('1.0.0'));
  });

  test('rolls back by a pin that automatic sync respects until it ends', async () => {
    await harbour.atRest();
    await open(page, `${harbour.path}/settings`);
    await page.getByLabel('Automatic sync').check();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText(`${NAME} was saved`, { exact: true })).toBeVisible();
    await openApplication();

    await action(page, /^Pin/).click();
    const target = dialog(page).getByLabel('Back to');
    await target.selectOption(await optionOf(target, 'Widen the harbour'));
    await dialog(page).getByLabel('Reason').fill('compare both');
    await dialog(page).getByLabel('Expires after').selectOption('custom');
    const end = new Date(Math.ceil((Date.now() + PIN_MS) / 1_000) * 1_000);
    const local = new Date(end.getTime() - end.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
    await dialog(page)
      .getByLabel(/^Expires at/)
      .fill(local);
    await dialog(page).getByRole('button', { name: 'Show the plan' }).click();
    await confirmPlan(page, /^Pin/);
    await expect(page.getByText(/Pinned to \w+ by admin: “compare both”/)).toBeVisible();
    expect(await liveImage()).toBe(image('1.1.0'));

    const { after } = await push('Dredge the harbour', '1.2.0');
    await expect(page.getByRole('list', { name: 'From commit to workload' })).toContainText('Dredge the harbour');
    await expect(state(page, 'Pinned')).toBeVisible();
    await expect(state(page, 'Pinned')).toBeHidden({ timeout: PIN_MS + 30_000 });
    await harbour.until('the return to Git', (view) => view.deployed?.sha === after && view.sync === 'Synced');
    await expect(state(page, 'Synced')).toBeVisible();
    expect(await liveImage()).toBe(image('1.2.0'));
    // What came after the pin began only after its end: nothing was applied in between.
    const [returned, pinned] = await harbour.deployments();
    expect([pinned?.kind, returned?.kind]).toEqual(['pin', 'sync']);
    expect(Date.parse(returned?.startedAt ?? '')).toBeGreaterThanOrEqual(end.getTime());
  });

  test('refuses a viewer who was invited, on screen and over the API', async ({ browser }) => {
    const name = `viewer-${world.suffix}`;
    await open(page, '/settings/people');
    await page.getByRole('button', { name: 'Invite person' }).click();
    await dialog(page).getByLabel('E-mail').fill(`${name}@quarterdeck.test`);
    await dialog(page).getByLabel('Role').selectOption('viewer');
    await dialog(page).getByRole('button', { name: 'Make link' }).click();
    const link = await dialog(page).getByLabel('invitation link', { exact: true }).innerText();

    const viewer = await openPage(browser, null);
    await viewer.goto(link);
    await expect(viewer.getByRole('button', { name: 'Join' })).toBeEnabled();
    await viewer.getByLabel('Name').fill(name);
    await viewer.getByLabel('Password').fill('a viewer may look only');
    await viewer.getByRole('button', { name: 'Join' }).click();
    await expect(viewer.getByRole('navigation', { name: 'Sections' })).toBeVisible();
    await open(viewer, harbour.path);
    for (const button of [/^Sync/, /^Roll back/, /^Pin/, /^Refresh/]) {
      await expectRefused(action(viewer, button), 'Needs role operator; you are viewer');
    }
    const refused = await viewer.request.post(`/api/v1/applications/${harbour.id}/plans`, {
      headers: { origin: baseUrl() },
      data: { kind: 'sync', prune: false },
    });
    expect(refused.status()).toBe(403);
    await viewer.context().close();
    await open(page, `/audit?targetId=${harbour.id}&outcome=refused`);
    const row = tableRow(page, 'Audit records, newest first', name);
    await expect(row).toContainText('plan.request');
    await expect(row).toContainText('refused');
  });

  test('has every step in the audit', async () => {
    await open(page, `/audit?targetId=${harbour.id}`);
    const steps: [string, string][] = [
      ['application.create', 'succeeded'],
      ['application.update', 'succeeded'],
      ['sync.request', 'allowed'],
      ['sync.finish', 'succeeded'],
      ['rollback.request', 'allowed'],
      ['rollback.commit', 'succeeded'],
      ['rollback.finish', 'succeeded'],
      ['pin.request', 'allowed'],
      ['pin.create', 'succeeded'],
      ['pin.end', 'succeeded'],
      ['plan.request', 'refused'],
    ];
    for (const [verb, outcome] of steps) {
      const row = tableRow(page, 'Audit records, newest first', verb).filter({ hasText: outcome });
      await expect(row.first(), `${verb} ${outcome}`).toBeVisible();
    }
    for (const [verb, name] of [
      ['cluster.create', cluster()],
      ['repository.create', world.repository],
      ['repository.webhook', world.repository],
      ['person.join', `viewer-${world.suffix}`],
    ] as const) {
      await open(page, `/audit?query=${name}`);
      await expect(tableRow(page, 'Audit records, newest first', verb).first(), verb).toBeVisible();
    }
  });
});
