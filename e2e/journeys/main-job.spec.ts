import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { ADMIN } from '../product.ts';
import { deployment, type RealWorld, startRealWorld } from '../real-world.ts';

const NAME = 'harbour';
const base = () => process.env['QUARTERDECK_E2E_URL'] ?? '';

test.describe.configure({ mode: 'serial' });

/** The product's main job by hand, in a browser, on a real control plane and a real Git server. */
test.describe('the main job', () => {
  let world: RealWorld;
  let page: Page;

  const action = (name: RegExp) => page.getByRole('group', { name: 'Actions' }).getByRole('button', { name });
  const dialog = () => page.getByRole('dialog');
  const state = (word: string) => page.getByRole('main').getByText(word, { exact: true }).first();
  const openApplication = async () => {
    await page.goto(`${base()}/applications?query=cluster:real-ui-${world.suffix}`);
    await page.getByRole('link', { name: NAME }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeVisible();
  };
  const confirm = async (button: string | RegExp) => {
    await dialog().getByRole('button', { name: button }).click();
    await expect(dialog().getByRole('button', { name: 'Done' })).toBeVisible({ timeout: 60_000 });
    await dialog().getByRole('button', { name: 'Done' }).click();
  };

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(600_000);
    world = await startRealWorld();
    await world.push('Open the harbour', {
      'deploy/harbour.yaml': deployment(NAME, 'registry.example/harbour:1.0.0', 2),
    });
    // Axe opens a page of its own beside this one, which only a context of our own allows.
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
  });
  test.afterAll(async () => {
    await page?.context().close();
    await world?.stop();
  });

  test('signs in', async () => {
    await page.goto(base());
    await page.getByLabel('E-mail').fill(ADMIN.email);
    await page.getByLabel('Password').fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('navigation', { name: /sections/i })).toBeVisible();
  });

  test('registers a cluster from a kubeconfig', async () => {
    await page.goto(`${base()}/settings/clusters`);
    await page.getByRole('button', { name: 'Add cluster' }).first().click();
    await dialog().getByLabel('Kubeconfig', { exact: true }).last().fill(world.plane.kubeconfig);
    await dialog().getByRole('button', { name: 'Read contexts' }).click();
    await dialog().getByRole('checkbox', { name: 'real' }).check();
    await dialog()
      .getByLabel(/^Name of/)
      .fill(`real-ui-${world.suffix}`);
    await dialog()
      .getByLabel(/^Labels of/)
      .fill('environment=test');
    await dialog().getByRole('button', { name: 'Test connection' }).click();
    await expect(dialog().getByText('v1.36.3').first()).toBeVisible();
    await dialog().getByRole('button', { name: 'Add cluster' }).click();
    await expect(page.getByText(`real-ui-${world.suffix}`).first()).toBeVisible();
  });

  test('registers a repository', async () => {
    await page.goto(`${base()}/settings/repositories`);
    await page.getByRole('button', { name: 'Add repository' }).first().click();
    await dialog().getByLabel('Name', { exact: true }).fill(world.repository);
    await dialog().getByLabel('URL').fill(`${world.git.url}/${world.repository}.git`);
    await dialog().getByRole('radio', { name: /token/i }).check();
    await dialog().getByLabel('Token', { exact: true }).fill(world.git.token);
    await dialog().getByRole('button', { name: 'Test connection' }).click();
    await expect(dialog().getByRole('status')).toContainText('Connected');
    await dialog().getByRole('button', { name: 'Add repository' }).click();
    await expect(page.getByText(world.repository).first()).toBeVisible();
  });

  test('declares an application, which appears out of sync', async () => {
    await page.goto(`${base()}/settings/projects`);
    await page.getByRole('button', { name: 'Add project' }).first().click();
    await dialog().getByLabel('Name', { exact: true }).fill(world.repository);
    await dialog().getByRole('button', { name: 'Add project' }).click();
    await expect(dialog()).toBeHidden();
    await page.goto(`${base()}/applications/new`);
    await page.getByRole('button', { name: 'YAML' }).click();
    await page.getByLabel('Application as YAML').fill(`apiVersion: quarterdeck.dev/v1
kind: Application
metadata: {name: ${NAME}}
spec:
  project: ${world.repository}
  destination: {cluster: real-ui-${world.suffix}, namespace: harbour}
  source: {repository: ${world.repository}, targetRevision: main, path: deploy}
`);
    await page.getByRole('button', { name: 'Add application' }).click();
    await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeVisible();
    await expect(state('OutOfSync')).toBeVisible();
  });

  test('syncs it until it is healthy', async () => {
    await action(/^Sync/).click();
    await expect(dialog().getByText(`Deployment`).first()).toBeVisible();
    await confirm(/^Sync/);
    await expect(state('Synced')).toBeVisible();
    await expect(state('Healthy')).toBeVisible();
  });

  test('shows a commit as a pending change, and syncs it', async () => {
    await world.push('Widen the harbour', {
      'deploy/harbour.yaml': deployment(NAME, 'registry.example/harbour:1.1.0', 2),
    });
    await action(/^Refresh/).click();
    await expect(page.getByRole('heading', { name: 'Pending changes' })).toBeVisible();
    await expect(page.getByText('registry.example/harbour:1.1.0').first()).toBeVisible();
    await action(/^Sync/).click();
    await confirm(/^Sync/);
    await expect(state('Synced')).toBeVisible();
  });

  test('names kubectl as the one who scaled it, and reverts that', async () => {
    await expect(state('Healthy')).toBeVisible();
    await world.kubectl('-n', 'harbour', 'scale', 'deployment', NAME, '--replicas=5');
    const drift = page.getByRole('region', { name: 'Drift' });
    await expect(drift.getByText('kubectl').first()).toBeVisible({ timeout: 5_000 });
    await expect(drift.getByText('spec.replicas').first()).toBeVisible();
    await drift
      .getByRole('button', { name: /Revert/ })
      .first()
      .click();
    await confirm(/^Revert/);
    await expect(drift).toBeHidden();
    expect(await world.kubectl('-n', 'harbour', 'get', 'deployment', NAME, '-o', 'jsonpath={.spec.replicas}')).toBe(
      '2',
    );
  });

  test('rolls back by a commit in Git', async () => {
    await action(/^Roll back/).click();
    await dialog().getByLabel('Back to').selectOption({ index: 0 });
    await dialog().getByLabel('Reason').fill('the wide harbour leaks');
    await dialog().getByRole('button', { name: 'Show the plan' }).click();
    await confirm(/^Roll back|^Revert/);
    await expect(page.getByText(`Roll back ${NAME} to`).first()).toBeVisible();
    await expect(state('Synced')).toBeVisible();
  });

  test('has every step in the audit', async () => {
    await page.goto(`${base()}/audit?query=${NAME}`);
    for (const verb of ['application.create', 'sync.request', 'sync.finish', 'rollback.commit', 'rollback.finish']) {
      await expect(page.getByText(verb).first()).toBeVisible();
    }
  });

  for (const scheme of ['light', 'dark'] as const) {
    test(`is accessible in ${scheme}`, async () => {
      await page.emulateMedia({ colorScheme: scheme });
      await openApplication();
      const id = new URL(page.url()).pathname.split('/')[2] ?? '';
      const paths = [
        '/',
        '/applications',
        `/applications/${id}`,
        `/applications/${id}/resources`,
        `/applications/${id}/history`,
        '/drift',
        '/audit',
        '/settings/clusters',
      ];
      for (const path of paths) {
        await page.goto(`${base()}${path}`);
        await expect(page.getByRole('main')).toBeVisible();
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
          .analyze();
        expect(violations.map((one) => `${path} ${one.id}: ${one.nodes[0]?.target.join(' ')}`)).toEqual([]);
      }
    });
  }
});
