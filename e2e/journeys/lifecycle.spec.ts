import { expect } from '@playwright/test';
import { action, dialog, listRow, open, overflow, state, tableRow, violations } from '../console.ts';
import { test } from '../fixtures.ts';

/** What holds an application, what it waits for, and its end. */
test.describe('an application', () => {
  test('is suspended with a reason everybody sees, found by it, and resumed', async ({ page, yard }) => {
    const ship = await yard.launch('trawler', {
      syncPolicy: { automated: true, selfHeal: false },
      synced: false,
    });
    await ship.until('its first sync', (view) => view.sync === 'Synced' && view.activeOperationId === null);
    await open(page, ship.path);
    await action(page, 'More actions').click();
    await page.getByRole('menuitem', { name: 'Suspend automatic sync…' }).click();
    const suspend = dialog(page).getByRole('button', { name: 'Suspend automatic sync' });
    await expect(suspend).toBeDisabled();
    await dialog(page).getByLabel('Reason').fill('the engine is overhauled');
    await dialog(page).getByLabel('Expires after').selectOption('1');
    expect(await violations(page)).toEqual([]);
    await suspend.click();
    await expect(page.getByText('Automatic sync suspended by admin: “the engine is overhauled”.')).toBeVisible();
    await expect(state(page, 'Sync suspended')).toBeVisible();

    const sha = await ship.commitSeen('Release 1.1.0', { image: '1.1.0' });
    await expect(state(page, 'OutOfSync')).toBeVisible();
    await expect(page.getByText('Waits until it is resumed.')).toBeVisible();
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => overflow(page)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1440, height: 900 });
    await open(page, `/applications?q=${encodeURIComponent(`suspended:yes cluster:${yard.clusterName}`)}`);
    await expect(listRow(page, ship.name)).toContainText('Sync suspended');

    await listRow(page, ship.name).getByRole('link').click();
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect(page.getByText(/Automatic sync suspended/)).toBeHidden();
    await ship.until('the release', (view) => view.sync === 'Synced' && view.deployed?.sha === sha);
    await open(page, `/audit?targetId=${ship.id}`);
    await expect(tableRow(page, 'Audit records, newest first', 'suspension.end')).toContainText('admin');
  });

  test('says what it waits for, and refuses a circle by name', async ({ page, yard }) => {
    const harbour = await yard.launch('harbour', { synced: false });
    const tug = await yard.launch('tug', { synced: false });
    await open(page, `${tug.path}/settings`);
    await page.getByLabel('Depends on').fill(harbour.name);
    await page.getByLabel('Automatic sync').check();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText('Automatic sync waits for what it depends on:')).toContainText('was never synced');

    await open(page, `${harbour.path}/settings`);
    await page.getByLabel('Depends on').fill(tug.name);
    await page.getByRole('button', { name: 'Save changes' }).click();
    const circle = [harbour, tug, harbour].map(({ name }) => `${yard.projectName}/${name}`).join(' → ');
    await expect(page.getByText(`would be a circle: ${circle}`).first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Delete with its objects…' })).toBeDisabled();

    await harbour.sync();
    await tug.until('its turn', (view) => view.sync === 'Synced');
    await open(page, tug.path);
    await expect(page.getByText(/Automatic sync waits/)).toBeHidden();
  });

  test('is deleted with its objects once its name was typed', async ({ page, yard }) => {
    const ship = await yard.launch('hulk');
    expect(await ship.liveReplicas()).toBe(2);
    await open(page, `${ship.path}/settings`);
    await page.getByRole('button', { name: 'Delete with its objects…' }).click();
    await expect(dialog(page).getByText(/^Deletes 1 object on .* itself\./)).toBeVisible();
    const remove = dialog(page).getByRole('button', { name: 'Delete it and 1 object' });
    await expect(remove).toBeDisabled();
    expect(await violations(page)).toEqual([]);
    await dialog(page).getByLabel(`Type ${ship.name} to confirm`).fill(ship.name);
    await remove.click();
    await expect(page).toHaveURL(/\/applications$/);
    await expect(page.getByText(`${ship.name} and its objects were deleted`, { exact: true })).toBeVisible();
    await expect(listRow(page, ship.name)).toBeHidden();
    await expect(ship.liveReplicas()).rejects.toThrow();
    await open(page, `/audit?targetId=${ship.id}`);
    await expect(tableRow(page, 'Audit records, newest first', 'application.delete')).toContainText('admin');
  });
});
