import { expect, type Locator, type Page } from '@playwright/test';
import { action, expectRefused, open, signIn } from '../console.ts';
import { baseUrl, test } from '../fixtures.ts';
import { ADMIN } from '../product.ts';
import type { Ship } from '../yard.ts';

const OPERATOR = 'Needs role operator; you are viewer';
const adminOnly = (role: string) => `Needs role admin; you are ${role}`;

/** The items of a row's menu that are refused, with their reason. */
async function expectItemsRefused(page: Page, name: string, items: readonly [string, string][]): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  for (const [item, reason] of items) {
    const entry = page.getByRole('menuitem', { name: item });
    await expect(entry).toBeDisabled();
    await expect(entry).toContainText(reason);
  }
  await page.keyboard.press('Escape');
}

/** What a viewer or an operator sees of what they may not do; the API's own table is tested beside the API. */
test.describe('access', () => {
  let drifted: Ship;

  test.beforeAll(async ({ yard }) => {
    drifted = await yard.launch('pinnace', { replicas: 3 });
    await drifted.commitSeen('Refit the pinnace', { image: '1.1.0', replicas: 3 });
    await drifted.scale(4);
    await drifted.until('the drift', (view) => view.driftCount === 1);
  });

  test('a viewer may not act on an application', async ({ crew, visit }) => {
    const page = await visit(crew.viewer, drifted.path);
    for (const button of [/^Sync/, /^Roll back/, /^Pin/, /^Refresh/]) {
      await expectRefused(action(page, button), OPERATOR);
    }
    const main = page.getByRole('main');
    await expectRefused(main.getByRole('button', { name: `Revert Deployment ${drifted.name}` }), OPERATOR);
    await open(page, `${drifted.path}/settings`);
    await expectRefused(page.getByRole('button', { name: 'Delete application…' }), adminOnly('viewer'));
    await expect(page.getByRole('button', { name: 'Save changes' })).toBeDisabled();
    // Keys are no way around.
    await page.keyboard.press('s');
    await expect(page.getByText('Sync is not possible now', { exact: true })).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  test('a viewer may not act from the lists', async ({ crew, visit }) => {
    const page = await visit(crew.viewer, `/applications?q=${drifted.name}`);
    await expectRefused(page.getByRole('button', { name: 'Add application' }), adminOnly('viewer'));
    await page.getByRole('checkbox', { name: `Select ${drifted.name}` }).check();
    const selection = page.getByRole('region', { name: 'Selection' });
    await expectRefused(selection.getByRole('button', { name: /^Sync/ }), OPERATOR);
    await expectRefused(selection.getByRole('button', { name: /^Refresh/ }), OPERATOR);
    await open(page, `/drift?q=${drifted.name}`);
    await expectRefused(page.getByRole('button', { name: /^Revert Deployment/ }).first(), OPERATOR);
    await open(page, '/audit');
    await expectRefused(page.getByRole('button', { name: 'Export CSV' }), OPERATOR);
    await expectRefused(page.getByRole('button', { name: 'Export JSON lines' }), OPERATOR);
    await open(page, '/applications/new');
    await expectRefused(page.getByRole('button', { name: 'Add application' }), adminOnly('viewer'));
  });

  for (const role of ['viewer', 'operator'] as const) {
    test(`settings refuse ${role === 'viewer' ? 'a viewer' : 'an operator'}`, async ({ crew, visit, yard }) => {
      const reason = adminOnly(role);
      const page = await visit(crew[role], '/settings/clusters');
      await expectRefused(page.getByRole('button', { name: 'Add cluster' }), reason);
      const check = (name: string): Locator => page.getByRole('button', { name: `Test connection to ${name}` });
      const asksTests = async (name: string) =>
        role === 'viewer'
          ? expectRefused(check(name), OPERATOR)
          : expect(check(name)).not.toHaveAttribute('aria-disabled');
      await asksTests(yard.clusterName);
      await expectItemsRefused(page, yard.clusterName, [
        ['Name, labels, access…', reason],
        ['Rotate credential…', reason],
        ['Delete…', reason],
      ]);
      await open(page, '/settings/repositories');
      await expectRefused(page.getByRole('button', { name: 'Add repository' }), reason);
      await asksTests(drifted.name);
      await expectItemsRefused(page, drifted.name, [
        ...(role === 'viewer' ? [['Fetch now', OPERATOR] as [string, string]] : []),
        ['Name, interval, credential…', reason],
        ['Webhook…', reason],
        ['Delete…', reason],
      ]);
      await open(page, '/settings/projects');
      await expectRefused(page.getByRole('button', { name: 'Add project' }), reason);
      await expectRefused(page.getByRole('button', { name: `Change ${yard.projectName}` }), reason);
      await expectRefused(page.getByRole('button', { name: `Delete ${yard.projectName}` }), reason);
      await open(page, '/settings/people');
      await expect(page.getByRole('main').getByRole('alert')).toContainText(/You may not see this|admin/);
      await expect(page.getByRole('table', { name: 'People' })).toBeHidden();
    });
  }

  test('an operator acts, but does not configure', async ({ crew, visit }) => {
    const page = await visit(crew.operator, drifted.path);
    for (const button of [/^Sync/, /^Roll back/, /^Pin/, /^Refresh/]) {
      await expect(action(page, button)).not.toHaveAttribute('aria-disabled');
    }
    await open(page, `${drifted.path}/settings`);
    await expectRefused(page.getByRole('button', { name: 'Delete application…' }), adminOnly('operator'));
    await open(page, '/audit');
    await expect(page.getByRole('link', { name: 'Export CSV' })).toBeVisible();
  });

  test('what a disabled button stands for is refused by the API too, and audited', async ({ crew, visit, yard }) => {
    const page = await visit(crew.viewer, drifted.path);
    for (const [method, path, data] of [
      ['POST', `/api/v1/applications/${drifted.id}/plans`, { kind: 'sync', prune: false }],
      ['POST', `/api/v1/applications/${drifted.id}/refresh`, {}],
      ['DELETE', `/api/v1/applications/${drifted.id}`, undefined],
      ['POST', '/api/v1/projects', { name: 'mutiny' }],
      ['DELETE', `/api/v1/clusters/${yard.ids.cluster}`, undefined],
      ['GET', '/api/v1/audit/export?format=csv', undefined],
    ] as const) {
      // The cookie of the page, as a script in it would send it.
      const answer = await page.request.fetch(path, {
        method,
        headers: { origin: baseUrl() },
        ...(data === undefined ? {} : { data }),
      });
      expect([answer.status(), method, path]).toEqual([403, method, path]);
    }
    const refused = await crew.admin.call<{ items: { verb: string }[] }>(
      'GET',
      `/api/v1/audit?outcome=refused&targetId=${drifted.id}`,
    );
    const verbs = refused.items.map((event) => event.verb);
    expect(verbs).toEqual(expect.arrayContaining(['plan.request', 'application.refresh', 'application.delete']));
  });

  test('who is not signed in is sent to sign in, and back to the page', async ({ visit }) => {
    const page = await visit(null, '/applications?q=cluster%3Adev');
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await signIn(page, { email: ADMIN.email, password: 'not the password' });
    await expect(page.getByRole('alert').filter({ hasText: 'E-mail or password is wrong.' })).toBeVisible();
    await signIn(page, ADMIN);
    await expect(page).toHaveURL(`${baseUrl()}/applications?q=cluster%3Adev`);
    await expect(page.getByRole('combobox', { name: 'Search applications' })).toHaveValue('cluster:dev');
  });

  test('who signs out is out, and a page left open asks to sign in again', async ({ admin, visit }) => {
    const session = await admin.invite('viewer', `swab-${Date.now().toString(36)}`);
    const open = await visit(session, '/applications');
    await expect(open.getByRole('heading', { level: 1, name: 'Applications' })).toBeVisible();
    const other = await visit(session, '/');
    await other.getByRole('button', { name: /^Account of swab/ }).click();
    await other.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await open.getByRole('button', { name: 'Degraded' }).click();
    await expect(open.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expect(open).toHaveURL(/\/sign-in\?next=%2Fapplications/);
  });
});
