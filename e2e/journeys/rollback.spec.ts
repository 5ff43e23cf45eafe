import { expect, type Page } from '@playwright/test';
import { action, confirmPlan, dialog, listRow, open, state, tableRow } from '../console.ts';
import { test } from '../fixtures.ts';
import type { Ship, Yard } from '../yard.ts';

/** An application that was deployed three times: 1.0.0, 1.1.0, 1.2.0. */
async function launchWithPast(yard: Yard, name: string): Promise<Ship> {
  const ship = await yard.launch(name);
  for (const minor of [1, 2]) {
    await ship.commitSeen(`Release 1.${minor}.0`, { image: `1.${minor}.0` });
    await ship.sync();
  }
  await ship.atRest();
  return ship;
}

async function choosePast(page: Page, subject: string): Promise<void> {
  const target = dialog(page).getByLabel('Back to');
  await target.selectOption((await target.locator('option', { hasText: subject }).getAttribute('value')) ?? '');
}

test.describe('roll back', () => {
  test('by a pin, which everybody sees and which can be released', async ({ page, yard }) => {
    const ship = await launchWithPast(yard, 'lugger');
    await open(page, ship.path);
    await action(page, /^Pin/).click();
    await choosePast(page, 'Launch');
    await dialog(page).getByLabel('Reason').fill('1.1 and 1.2 lose mail');
    await dialog(page).getByLabel('Expires after').selectOption('1');
    await dialog(page).getByRole('button', { name: 'Show the plan' }).click();
    await expect(
      dialog(page)
        .getByText(/:1\.0\.0/)
        .first(),
    ).toBeVisible();
    await confirmPlan(page, /^Pin/);
    await expect(page.getByText(/Pinned to \w+ by admin: “1.1 and 1.2 lose mail”/)).toBeVisible();
    await open(page, `/applications?q=${encodeURIComponent(`pinned:yes cluster:${yard.clusterName}`)}`);
    await expect(listRow(page, ship.name)).toContainText('Pinned');

    await listRow(page, ship.name).getByRole('link').click();
    await action(page, 'Release pin').click();
    await dialog(page).getByRole('button', { name: 'Release pin' }).click();
    await expect(page.getByText(/Pinned to/)).toBeHidden();
    // Automatic sync is off: it follows Git again, and waits for a person.
    await expect(state(page, 'OutOfSync')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Pending changes' })).toContainText('1.2.0');
    await open(page, `/audit?targetId=${ship.id}`);
    await expect(tableRow(page, 'Audit records, newest first', 'pin.end')).toContainText('admin');
  });

  test('from the history, by a commit that only restores what was rendered', async ({ page, yard }) => {
    const ship = await launchWithPast(yard, 'galley');
    await open(page, `${ship.path}/history`);
    const row = tableRow(page, 'Deployments, newest first', 'Release 1.1.0');
    await row.getByRole('button', { name: /^Roll back to/ }).click();
    await dialog(page).getByLabel('Reason').fill('1.2 is slow');
    await dialog(page).getByRole('button', { name: 'Show the plan' }).click();
    const commit = dialog(page).getByRole('region', { name: 'Commit' });
    await expect(commit).toContainText('1 file restored');
    await expect(commit.getByLabel('Commit message')).toContainText('1.2 is slow');
    await confirmPlan(page, /^Roll back/);
    await expect(page.getByRole('table', { name: 'Deployments, newest first' }).getByRole('row').nth(1)).toContainText(
      `Roll back ${ship.name} to`,
    );
    expect(await ship.gitOutput('show', 'main:deploy/app.yaml')).toContain(':1.1.0');
    expect(await ship.gitOutput('show', 'main:README.md')).toContain(ship.name);
    await ship.atRest();
  });

  test('on a new branch, for a pull request, leaves the application alone', async ({ page, yard }) => {
    const ship = await launchWithPast(yard, 'cog');
    const head = await ship.gitOutput('rev-parse', 'main');
    await open(page, ship.path);
    await action(page, /^Roll back/).click();
    await choosePast(page, 'Release 1.1.0');
    await dialog(page).getByLabel('Reason').fill('to be reviewed');
    await dialog(page)
      .getByRole('checkbox', { name: /On a new branch/ })
      .check();
    await dialog(page).getByLabel('New branch', { exact: true }).fill('rollback/cog');
    await dialog(page).getByRole('button', { name: 'Show the plan' }).click();
    await expect(dialog(page).getByRole('region', { name: 'Commit' })).toContainText('A commit on rollback/cog');
    await confirmPlan(page, /^Roll back/);
    expect(await ship.gitOutput('rev-parse', 'main')).toBe(head);
    expect(await ship.gitOutput('rev-parse', 'rollback/cog~1')).toBe(head);
    expect(await ship.gitOutput('show', 'rollback/cog:deploy/app.yaml')).toContain(':1.1.0');
    const view = await ship.read();
    expect([view.deployed?.sha, view.target?.sha]).toEqual([head.trim(), head.trim()]);
  });

  test('says what is missing before there can be a plan', async ({ page, yard }) => {
    const ship = await yard.launch('punt');
    await open(page, ship.path);
    await action(page, /^Roll back/).click();
    await expect(dialog(page)).toContainText('There is no earlier deployment to go back to.');
    await expect(dialog(page).getByRole('button', { name: /^Roll back/ })).toBeHidden();
  });
});
