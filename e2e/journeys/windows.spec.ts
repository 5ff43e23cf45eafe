import { expect } from '@playwright/test';
import { action, dialog, open, overflow, state, tableRow, violations } from '../console.ts';
import { test } from '../fixtures.ts';

const AUTOMATIC = { automated: true, selfHeal: false, prune: false, allowEmpty: false, createNamespace: true };

test.describe('sync windows', () => {
  test('hold automatic sync and a person, say until when, and let go', async ({ page, yard, crew, visit }) => {
    const ship = await yard.launch('lugger');
    const name = `harbour closed to ${ship.name}`;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const windows = dialog(page).getByRole('list', { name: 'Sync windows' });

    await open(page, '/settings/projects');
    await page.getByRole('button', { name: `Sync windows of ${yard.projectName}` }).click();
    await expect(dialog(page)).toContainText('No sync windows');
    await dialog(page).getByRole('button', { name: 'Add window' }).click();
    await dialog(page).getByLabel('Name', { exact: true }).fill(name);
    await dialog(page).getByLabel('Schedule').fill('0 25 * * *');
    await expect(dialog(page).getByLabel('Schedule')).toHaveAttribute('aria-invalid', 'true');
    await expect(dialog(page)).toContainText('Invalid value for hour: 25');
    await dialog(page).getByLabel('Schedule').fill(`0 ${new Date().getUTCHours()} * * *`);
    await dialog(page).getByLabel('Duration').fill('3h');
    await dialog(page).getByLabel('Applications').fill(ship.name);
    const openings = dialog(page).getByRole('region', { name: 'Next openings' }).getByRole('listitem');
    await expect(openings).toHaveCount(5);
    await expect(openings.first()).toContainText('open now');
    expect(await violations(page)).toEqual([]);
    await dialog(page).getByRole('button', { name: 'Add window' }).click();
    await expect(windows).toContainText(name);
    await expect(windows).toContainText(/Deny every day \d\d:00 for 3 hours, UTC, /);
    await expect(windows).toContainText(/Denies now, until \d\d:00 UTC/);

    await ship.change({ syncPolicy: AUTOMATIC });
    await ship.commitSeen('Rig the lugger', { image: '1.1.0' });
    await open(page, ship.path);
    await expect(state(page, 'OutOfSync')).toBeVisible();
    await expect(page.getByText(`Automatic sync waits: the window "${name}" denies it until`)).toBeVisible();
    await expect(page.getByText('Nobody may sync by hand until then.')).toBeVisible();
    await expect(page.getByText('Waits for its sync window.')).toBeVisible();
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => overflow(page)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1440, height: 900 });
    await action(page, /^Sync/).click();
    await expect(dialog(page).getByRole('alert')).toContainText(`Cannot go on: The sync window "${name}" denies syncs`);
    await expect(dialog(page).getByRole('button', { name: /^Sync/ })).toBeDisabled();

    const theirs = await visit(crew.viewer, '/settings/projects', { reducedMotion: 'reduce' });
    await theirs.getByRole('button', { name: `Sync windows of ${yard.projectName}` }).click();
    await expect(dialog(theirs).getByRole('list', { name: 'Sync windows' })).toContainText(name);
    await expect(dialog(theirs).getByRole('button', { name: 'Add window' })).toHaveAttribute('aria-disabled', 'true');
    expect(await violations(theirs)).toEqual([]);

    await open(page, '/settings/projects');
    await page.getByRole('button', { name: `Sync windows of ${yard.projectName}` }).click();
    await windows.getByRole('button', { name: `Change ${name}` }).click();
    await dialog(page).getByLabel('People may sync all the same').check();
    await dialog(page).getByRole('button', { name: 'Save window' }).click();
    await expect(windows).toContainText('people may sync all the same');
    await open(page, ship.path);
    await action(page, /^Sync/).click();
    await expect(dialog(page).getByRole('alert')).toContainText('this goes on all the same');
    await expect(dialog(page).getByRole('button', { name: /^Sync/ })).toBeEnabled();
    expect((await ship.deployments()).length).toBe(1);

    await open(page, '/settings/projects');
    await page.getByRole('button', { name: `Sync windows of ${yard.projectName}` }).click();
    await windows.getByRole('button', { name: `Remove ${name}` }).click();
    await page.getByRole('button', { name: 'Remove window' }).click();
    await expect(dialog(page)).toContainText('No sync windows');
    await ship.atRest();
    expect((await ship.deployments()).length).toBe(2);
    await open(page, ship.path);
    await expect(state(page, 'Synced')).toBeVisible();
    await expect(page.getByText('Automatic sync waits')).toBeHidden();

    await open(page, `/audit?targetId=${yard.ids.project}`);
    const record = tableRow(page, 'Audit records, newest first', 'project.update').first();
    await record.getByRole('button', { name: /^Unfold/ }).click();
    await expect(page.getByRole('main')).toContainText(`${name}: Deny every day`);
  });
});
