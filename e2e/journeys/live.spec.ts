import { expect, type Page } from '@playwright/test';
import { confirmPlan, listRow, open } from '../console.ts';
import { test } from '../fixtures.ts';

const indicator = (page: Page, words: string | RegExp) => page.getByRole('status', { name: words });
/** A mark on the window is gone after a reload. */
const mark = (page: Page) => page.evaluate(() => void Object.assign(window, { kept: true }));
const isMarked = (page: Page) => page.evaluate(() => 'kept' in window);

test.describe('live updates', () => {
  test('show what somebody else did, without a reload', async ({ page, yard, crew, visit }) => {
    const ship = await yard.launch('launch');
    await open(page, `/applications?q=${ship.name}`);
    await mark(page);
    const row = listRow(page, ship.name);
    await expect(row).toContainText('Synced');
    await ship.scale(6);
    await expect(row).toContainText('1 field');
    const other = await visit(crew.operator, ship.path);
    await other.getByRole('button', { name: `Revert Deployment ${ship.name}` }).click();
    await confirmPlan(other, /^Revert/);
    await expect(row).not.toContainText('1 field');
    await expect(row).toContainText('Synced');
    expect(await isMarked(page)).toBe(true);
  });

  test('say when they are lost, and catch up when they are back', async ({ page, yard }) => {
    const ship = await yard.launch('lifeboat');
    await page.route('**/api/v1/stream', (route) => route.abort());
    await page.goto(`/applications?q=${ship.name}`);
    await expect(indicator(page, 'Updates: Reconnecting')).toBeVisible();
    await mark(page);
    await ship.scale(6);
    await ship.until('the drift', (view) => view.driftCount === 1);
    await expect(listRow(page, ship.name)).not.toContainText('1 field');
    await page.unroute('**/api/v1/stream');
    await expect(indicator(page, 'Updates: Live')).toBeVisible();
    await expect(listRow(page, ship.name)).toContainText('1 field');
    expect(await isMarked(page)).toBe(true);
  });
});
