import { expect, type Page } from '@playwright/test';
import { action, dialog, open, overflow, violations } from '../console.ts';
import { test } from '../fixtures.ts';
import type { Ship } from '../yard.ts';

const PHONE = { width: 390, height: 844 };
const WIDE = { width: 1440, height: 900 };

/** WCAG 2.2 AA in light and dark, and no sideways scrolling on a phone, of the page as it stands. */
async function expectPleasant(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect.soft(await violations(page), `${what}, ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize(PHONE);
  await expect.soft.poll(() => overflow(page), { message: `${what} at 390 px`, timeout: 3_000 }).toBeLessThanOrEqual(0);
  await page.setViewportSize(WIDE);
}

test.describe('accessibility', () => {
  let ship: Ship;

  /** With a past, a pending change and drift: every part of its pages has something to show. */
  test.beforeAll(async ({ yard }) => {
    ship = await yard.launch('caravel', { replicas: 3 });
    await ship.commitSeen('Release 1.1.0', { image: '1.1.0', replicas: 3 });
    await ship.sync();
    await ship.commitSeen('Release 1.2.0', { image: '1.2.0', replicas: 3 });
    await ship.scale(4);
    await ship.until('the drift', (view) => view.driftCount === 1);
  });

  for (const [what, path, landmark] of [
    ['Fleet', '/', 'Needs attention'],
    ['Applications', '/applications', 'Applications'],
    ['Drift', '/drift?state=all', 'Drift'],
    ['Audit', '/audit', 'Audit'],
    ['New application', '/applications/new', 'Add application'],
    ['New application as YAML', '/applications/new?as=yaml', 'Declaration'],
    ['Clusters', '/settings/clusters', 'Clusters'],
    ['Repositories', '/settings/repositories', 'Repositories'],
    ['Projects', '/settings/projects', 'Projects'],
    ['People', '/settings/people', 'People'],
    ['Health rules', '/settings/health-rules', 'Health rules'],
    ['A page that is not', '/nowhere', 'There is nothing here'],
  ] as const) {
    test(`${what} is accessible and fits a phone`, async ({ page }) => {
      await page.goto(path);
      await expect(page.getByRole('heading', { name: landmark }).first()).toBeVisible();
      await expectPleasant(page, what);
    });
  }

  for (const [tab, query, shown] of [
    ['', '', 'Pending changes'],
    ['', '?diff=split', 'Drift'],
    ['/resources', '', 'Deployment'],
    ['/resources', '?view=graph', 'Deployment'],
    ['/history', '', 'Release 1.1.0'],
    ['/timeline', '', 'Release 1.1.0'],
    ['/events', '', 'Asked'],
    ['/settings', '', 'As YAML'],
  ] as const) {
    test(`an application's ${tab.slice(1) || 'changes'}${query} is accessible and fits a phone`, async ({ page }) => {
      await open(page, `${ship.path}${tab}${query}`);
      await expect(page.getByRole('main').getByText(shown).last()).toBeVisible();
      await expectPleasant(page, `${tab}${query}`);
    });
  }

  test('sign-in and joining are accessible and fit a phone', async ({ crew, visit }) => {
    const page = await visit(null, '/sign-in');
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expectPleasant(page, 'Sign in');
    const { url } = await crew.admin.call<{ url: string }>('POST', '/api/v1/people/invitations', {
      email: `guest-${Date.now().toString(36)}@quarterdeck.test`,
      role: 'viewer',
    });
    for (const [link, heading] of [
      [url, 'Join Quarterdeck'],
      ['/join/a-link-that-nobody-ever-made', 'This link does not work any more'],
    ] as const) {
      await page.goto(link);
      await expect(page.getByRole('heading', { name: heading })).toBeVisible();
      await expectPleasant(page, heading);
    }
  });

  test('what a viewer sees is accessible too', async ({ crew, visit }) => {
    const page = await visit(crew.viewer, ship.path);
    await expect(page.getByRole('region', { name: 'Drift' })).toBeVisible();
    await expectPleasant(page, 'Application of a viewer');
    await open(page, '/settings/people');
    await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
    await expectPleasant(page, 'People of a viewer');
  });

  test('dialogs of an application are accessible and fit a phone', async ({ page }) => {
    await open(page, ship.path);
    await action(page, /^Sync/).click();
    await expect(dialog(page).getByRole('list', { name: 'Planned objects' })).toBeVisible();
    await expectPleasant(page, 'Sync plan');
    await page.keyboard.press('Escape');
    await action(page, /^Roll back/).click();
    await dialog(page).getByLabel('Reason').fill('to look at it');
    await dialog(page).getByRole('button', { name: 'Show the plan' }).click();
    await expect(dialog(page).getByRole('region', { name: 'Commit' })).toBeVisible();
    await expectPleasant(page, 'Roll back plan');
    await page.keyboard.press('Escape');
    await open(page, `${ship.path}/resources`);
    await page.getByRole('button', { name: `Open Deployment ${ship.name}` }).click();
    await expect(dialog(page).getByLabel(/^live manifest/)).toBeVisible();
    await expectPleasant(page, 'Live manifest');
  });

  test('dialogs that add a cluster are accessible and fit a phone', async ({ page }) => {
    for (const way of ['kubeconfig', 'token', 'client-certificate']) {
      await open(page, `/settings/clusters?add=${way}`);
      await expect(page.getByRole('dialog', { name: 'Add cluster' })).toBeVisible();
      await expectPleasant(page, `Add cluster by ${way}`);
    }
  });

  test('other dialogs of settings are accessible and fit a phone', async ({ page, yard }) => {
    await open(page, '/settings/clusters');
    await page.getByRole('button', { name: `Test connection to ${yard.clusterName}` }).click();
    await expect(dialog(page).getByRole('status', { name: 'Connection test' })).toBeVisible();
    await expectPleasant(page, 'Connection test');
    await open(page, '/settings/clusters?rbac=full');
    await expect(dialog(page).getByLabel('RBAC manifest', { exact: true })).toContainText('ClusterRole');
    await expectPleasant(page, 'RBAC manifest');
    await open(page, '/settings/repositories?add=true');
    await dialog(page)
      .getByRole('radio', { name: /SSH key/ })
      .check();
    await expectPleasant(page, 'Add repository');
  });

  test('dialogs of the shell are accessible and fit a phone', async ({ page }) => {
    await open(page, '/');
    await page.keyboard.press('?');
    await expect(dialog(page)).toBeVisible();
    await expectPleasant(page, 'Keyboard shortcuts');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await expect(dialog(page).getByRole('option').first()).toBeVisible();
    await expectPleasant(page, 'Command palette');
  });
});
