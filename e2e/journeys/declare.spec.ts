import { expect } from '@playwright/test';
import { dialog, listRow, open, state } from '../console.ts';
import { test } from '../fixtures.ts';
import { deployment } from '../manifests.ts';

/** An application by form: declared, changed, deleted. */
test.describe('declaring an application', () => {
  test('names the field that is wrong, then follows the application through its life', async ({ page, yard }) => {
    const name = `ferry-${Date.now().toString(36)}`;
    const berth = await yard.launch('berth', { synced: false });
    await yard.git.pushCommit({
      repository: berth.name,
      subject: 'Lay down a ferry',
      files: { 'ferry/app.yaml': deployment(name, 'registry.example/ferry:1.0.0', 1) },
    });
    await open(page, '/applications/new');
    await page.getByLabel('Name', { exact: true }).fill('Ferry!');
    await page.getByRole('combobox', { name: 'Project' }).selectOption({ label: yard.projectName });
    await page.getByRole('combobox', { name: 'Repository' }).selectOption({ label: berth.name });
    await page.getByLabel('Target revision').fill('main');
    await page.getByLabel('Path').fill('../outside');
    await page.getByRole('combobox', { name: 'Cluster' }).selectOption({ label: yard.clusterName });
    await page.getByLabel('Namespace', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Add application' }).click();
    await expect(page.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByText(/lower-case letters, digits and dashes; starts/).first()).toBeVisible();
    await expect(page.getByLabel('Path')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('Target revision')).toHaveAttribute('aria-invalid', 'false');

    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Path').fill('ferry');
    await page.getByLabel('Labels').fill('team=crossings');
    await page.getByRole('button', { name: 'Add application' }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(state(page, 'OutOfSync')).toBeVisible();

    await page.getByRole('link', { name: 'Settings', exact: true }).last().click();
    await page.getByLabel('Path').fill('nowhere');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText(`${name} was saved`, { exact: true })).toBeVisible();
    await expect(page.getByRole('main').getByRole('alert').filter({ hasText: 'nowhere' })).toBeVisible();
    await page.getByLabel('Path').fill('ferry');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByRole('main').getByRole('alert').filter({ hasText: 'nowhere' })).toBeHidden();
    await expect(page.getByLabel('declaration as YAML', { exact: true })).toContainText('path: ferry');

    await page.getByRole('button', { name: 'Delete application…' }).click();
    await dialog(page).getByLabel(`Type ${name} to confirm`).fill(name);
    await dialog(page).getByRole('button', { name: 'Delete application' }).click();
    await expect(page).toHaveURL(/\/applications$/);
    await expect(listRow(page, name)).toBeHidden();
  });

  test('does not overwrite what somebody else changed meanwhile', async ({ page, yard }) => {
    const ship = await yard.launch('yawl', { synced: false });
    await open(page, `${ship.path}/settings`);
    await page.getByLabel('Labels').fill('team=mine');
    await ship.change({ labels: { team: 'theirs' } });
    await expect(page.getByText('Somebody else changed this declaration')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save changes' })).toBeDisabled();
    await page.getByRole('button', { name: 'Show theirs and drop mine' }).click();
    await expect(page.getByLabel('Labels')).toHaveValue('team=theirs');
  });

  test('as YAML says what does not exist', async ({ page, yard }) => {
    await open(page, '/applications/new?as=yaml');
    await page.getByLabel('Application as YAML').fill(`apiVersion: quarterdeck.dev/v1
kind: Application
metadata: {name: ghost}
spec:
  project: ${yard.projectName}
  destination: {cluster: flying-dutchman, namespace: ghost}
  source: {repository: nobody, targetRevision: main, path: deploy}
`);
    await page.getByRole('button', { name: 'Add application' }).click();
    await expect(page.getByRole('main').getByRole('alert')).toContainText('The application was not added');
    await expect(page.getByRole('main').getByRole('alert')).toContainText(/flying-dutchman|nobody/);
  });
});
