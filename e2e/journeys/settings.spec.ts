import { expect, type Page } from '@playwright/test';
import { dialog, open, tableRow } from '../console.ts';
import { test } from '../fixtures.ts';

const CHECKS = [
  'Name found (DNS)',
  'Port open (TCP)',
  'Certificate trusted (TLS)',
  'Signed in',
  'Version read',
  'May list objects',
  'May apply objects',
];
const unique = (name: string) => `${name}-${Date.now().toString(36)}`;
const connectionTest = (page: Page) => dialog(page).getByRole('status', { name: 'Connection test' });

async function openMenu(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** A confirmation that wants the name typed. */
async function confirmDelete(page: Page, name: string, button: string): Promise<void> {
  await expect(dialog(page).getByRole('button', { name: button })).toBeDisabled();
  await dialog(page).getByLabel(`Type ${name} to confirm`).fill(name);
  await dialog(page).getByRole('button', { name: button }).click();
  await expect(dialog(page)).toBeHidden();
}

test.describe('settings', () => {
  test('adds a cluster by server and token, after a test that names each check', async ({ page, yard }) => {
    const name = unique('quay');
    await open(page, '/settings/clusters');
    await page.getByRole('button', { name: 'Add cluster' }).click();
    await dialog(page)
      .getByRole('radio', { name: /Server and token/ })
      .check();
    await dialog(page).getByLabel('Name', { exact: true }).fill(name);
    await dialog(page).getByLabel('Server', { exact: true }).fill(yard.cluster.server);
    await dialog(page).getByLabel('CA certificate').fill(yard.cluster.caData);
    await dialog(page).getByLabel('Token', { exact: true }).fill('wrong');
    await dialog(page).getByRole('button', { name: 'Test connection' }).click();
    await expect(connectionTest(page)).toContainText('Not connected');
    await expect(connectionTest(page).getByRole('listitem').filter({ hasText: 'Signed in' })).toContainText('failed');
    await expect(connectionTest(page).getByRole('listitem').filter({ hasText: 'May list' })).toContainText('skipped');

    await dialog(page).getByLabel('Token', { exact: true }).fill(yard.cluster.token);
    await dialog(page).getByRole('button', { name: 'Test connection' }).click();
    await expect(connectionTest(page)).toContainText('Connected, Kubernetes v1.36.3');
    for (const check of CHECKS) {
      const line = connectionTest(page).getByRole('listitem').filter({ hasText: check });
      await expect(line, check).toContainText(/ok.*\d+ ms/s);
    }
    await dialog(page).getByRole('button', { name: 'Add cluster' }).click();
    await expect(dialog(page)).toBeHidden();
    const row = tableRow(page, 'Clusters', name);
    await expect(row).toContainText('Connected');
    await expect(row).not.toContainText(yard.cluster.token);

    await openMenu(page, name, 'Name, labels, access…');
    await dialog(page).getByLabel('Labels').fill('environment=yard, region=dry-dock');
    await dialog(page).getByLabel('Access').selectOption('read-only');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await expect(row).toContainText('region=dry-dock');
    await expect(row).toContainText('read-only');

    await page.getByRole('button', { name: `Test connection to ${name}` }).click();
    await expect(connectionTest(page)).toContainText('Connected');
    await page.keyboard.press('Escape');
    await openMenu(page, name, 'Delete…');
    await confirmDelete(page, name, 'Delete cluster');
    await expect(row).toBeHidden();
  });

  test('does not delete what applications use', async ({ page, admin, yard }) => {
    const ship = await yard.launch('tender', { synced: false });
    for (const [path, name, reason] of [
      ['/settings/clusters', yard.clusterName, 'Delete or move its applications first'],
      ['/settings/repositories', ship.name, 'Applications still use it'],
    ] as const) {
      await open(page, path);
      await page.getByRole('button', { name: `More for ${name}` }).click();
      const item = page.getByRole('menuitem', { name: /^Delete…/ });
      await expect(item).toBeDisabled();
      await expect(item).toContainText(reason);
      await page.keyboard.press('Escape');
    }
    const refused = await admin.raw('DELETE', `/api/v1/clusters/${yard.ids.cluster}`);
    expect(refused).toMatchObject({ status: 409 });
    await open(page, '/settings/projects');
    const button = page.getByRole('button', { name: `Delete ${yard.projectName}` });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
  });

  test('shows why a repository cannot be read, and adds it once it can', async ({ page, yard }) => {
    const name = unique('chart-room');
    const url = await yard.git.createRepository(name);
    await yard.git.pushCommit({ repository: name, subject: 'Begin', files: { 'README.md': 'charts\n' } });
    await open(page, '/settings/repositories');
    await page.getByRole('button', { name: 'Add repository' }).click();
    await dialog(page).getByLabel('Name', { exact: true }).fill(name);
    await dialog(page).getByLabel('URL').fill('https://somebody:secret@git.example/x.git');
    await dialog(page).getByRole('button', { name: 'Add repository' }).click();
    await expect(dialog(page)).toContainText('carries a user or password');
    await dialog(page).getByLabel('URL').fill(url);
    await dialog(page).getByRole('radio', { name: /token/i }).check();
    await dialog(page).getByLabel('Token', { exact: true }).fill('wrong');
    await dialog(page).getByRole('button', { name: 'Test connection' }).click();
    await expect(dialog(page).getByRole('status')).toContainText(
      /Not connected.*(credential|token|sign|refus|denied)/is,
    );
    await dialog(page).getByLabel('Token', { exact: true }).fill(yard.git.token);
    await dialog(page).getByRole('button', { name: 'Test connection' }).click();
    await expect(dialog(page).getByRole('status')).toContainText('default branch main');
    await dialog(page).getByRole('button', { name: 'Add repository' }).click();
    const row = tableRow(page, 'Repositories', name);
    await expect(row).toContainText('Reachable');
    await expect(row).toContainText('main');
    await openMenu(page, name, 'Webhook deliveries');
    await expect(dialog(page)).toContainText('No deliveries yet');
    await page.keyboard.press('Escape');
    await openMenu(page, name, 'Delete…');
    await confirmDelete(page, name, 'Delete repository');
    await expect(row).toBeHidden();
  });

  test('lists what the webhook delivered', async ({ page, yard }) => {
    const ship = await yard.launch('pilot', { synced: false });
    await ship.commitSeen('Take a pilot', { image: '1.1.0' });
    await open(page, '/settings/repositories');
    await openMenu(page, ship.name, 'Webhook deliveries');
    await expect(tableRow(page, 'Webhook deliveries', 'push')).toContainText('accepted');
  });

  test('adds, changes and deletes a project', async ({ page }) => {
    const name = unique('fleet');
    await open(page, '/settings/projects');
    await page.getByRole('button', { name: 'Add project' }).click();
    await dialog(page).getByLabel('Name', { exact: true }).fill('Not A Name');
    await dialog(page).getByRole('button', { name: 'Add project' }).click();
    await expect(dialog(page).getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await expect(dialog(page)).toContainText('lower-case letters, digits and dashes');
    await dialog(page).getByLabel('Name', { exact: true }).fill(name);
    await dialog(page).getByRole('button', { name: 'Add project' }).click();
    await expect(tableRow(page, 'Projects', name)).toBeVisible();
    await page.getByRole('button', { name: `Change ${name}` }).click();
    await dialog(page).getByLabel('Description').fill('Everything that floats');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await expect(tableRow(page, 'Projects', name)).toContainText('Everything that floats');
    await page.getByRole('button', { name: `Delete ${name}` }).click();
    await dialog(page).getByRole('button', { name: 'Delete project' }).click();
    await expect(tableRow(page, 'Projects', name)).toBeHidden();
  });

  test('invites people, changes roles, shuts out and lets in again', async ({ page, admin, visit }) => {
    const name = unique('bosun');
    const email = `${name}@quarterdeck.test`;
    const bosun = await admin.invite('viewer', name);
    const theirs = await visit(bosun, '/settings/projects');
    await expect(theirs.getByRole('button', { name: 'Add project' })).toHaveAttribute('aria-disabled', 'true');
    await open(page, '/settings/people');
    await page.getByRole('combobox', { name: `Role of ${name}` }).selectOption('admin');
    await expect(page.getByText(`${name} was changed`, { exact: true })).toBeVisible();
    await theirs.reload();
    await expect(theirs.getByRole('button', { name: 'Add project' })).not.toHaveAttribute('aria-disabled');
    await page.getByRole('button', { name: `Shut out ${name}` }).click();
    await expect(tableRow(page, 'People', email)).toContainText('Shut out');
    await theirs.reload();
    await expect(theirs.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.getByRole('button', { name: `Let in ${name}` }).click();
    await expect(tableRow(page, 'People', email)).toContainText('Active');
    await expect(page.getByRole('button', { name: 'Shut out admin' })).toHaveAttribute('aria-disabled', 'true');
  });

  test('withdraws an invitation, whose link then leads nowhere', async ({ page, visit }) => {
    const email = `${unique('stowaway')}@quarterdeck.test`;
    await open(page, '/settings/people');
    await page.getByRole('button', { name: 'Invite person' }).click();
    await dialog(page).getByLabel('E-mail').fill(email);
    await dialog(page).getByRole('button', { name: 'Make link' }).click();
    const link = await dialog(page).getByLabel('invitation link', { exact: true }).innerText();
    await dialog(page).getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: `Withdraw the invitation for ${email}` }).click();
    await expect(tableRow(page, 'Open invitations', email)).toBeHidden();
    const outsider = await visit(null, link);
    await expect(outsider.getByText('This link does not work any more')).toBeVisible();
  });
});
