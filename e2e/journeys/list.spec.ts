import { expect, type Page } from '@playwright/test';
import { dialog, listRow, open } from '../console.ts';
import { test } from '../fixtures.ts';

const search = (page: Page) => page.getByRole('combobox', { name: 'Search applications' });
const count = (page: Page, words: string) =>
  page.getByRole('main').getByRole('status').getByText(words, { exact: true });
const header = (page: Page, name: string) => page.getByRole('columnheader', { name, exact: true });
const names = (page: Page) =>
  page
    .getByRole('table', { name: 'Applications' })
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('aria-label') ?? link.textContent));

/** Finding one's way among the demonstration's twelve applications. */
test.describe('search, order and keys', () => {
  test('filters as one types, by the search grammar, and keeps it in the address', async ({ page }) => {
    await open(page, '/applications');
    await search(page).fill('project:shop');
    await expect(count(page, '12 matches')).toBeVisible();
    await search(page).fill('project:shop cluster:prod*');
    await expect(count(page, '4 matches')).toBeVisible();
    await expect(listRow(page, 'storefront-production')).toBeVisible();
    await expect(listRow(page, 'storefront-staging')).toBeHidden();
    await search(page).fill('project:shop cluster:prod* !search');
    await expect(count(page, '3 matches')).toBeVisible();
    await expect(page).toHaveURL(/q=project%3Ashop|q=project:shop/);
    await page.reload();
    await expect(count(page, '3 matches')).toBeVisible();
    await expect(search(page)).toHaveValue('project:shop cluster:prod* !search');
    await search(page).fill('label:app=checkout');
    await expect(count(page, '3 matches')).toBeVisible();
    await search(page).fill('no-such-application');
    await expect(page.getByText('No application matches')).toBeVisible();
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await expect(search(page)).toHaveValue('');
    await expect(page).not.toHaveURL(/q=/);
  });

  test('completes words of the grammar with names that exist', async ({ page }) => {
    await open(page, '/applications');
    await search(page).click();
    await search(page).pressSequentially('clu');
    await page.getByRole('option', { name: /^cluster:/ }).click();
    await search(page).pressSequentially('stag');
    await expect(page.getByRole('option', { name: 'cluster:staging' })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(search(page)).toHaveValue('cluster:staging ');
    await expect(count(page, '4 matches')).toBeVisible();
  });

  test('has filters of one click', async ({ page }) => {
    await open(page, '/applications');
    const chips = page.getByRole('group', { name: 'Quick filters' });
    await chips.getByRole('button', { name: 'OutOfSync' }).click();
    await expect(search(page)).toHaveValue('sync:outofsync');
    await expect(chips.getByRole('button', { name: 'OutOfSync' })).toHaveAttribute('aria-pressed', 'true');
    await expect(listRow(page, 'storefront-production')).toBeVisible();
    await page.goBack();
    await expect(page).not.toHaveURL(/q=sync/);
  });

  test('sorts by a column, and the address keeps the order', async ({ page }) => {
    await open(page, '/applications?q=project:shop');
    await header(page, 'Name').getByRole('button').click();
    await expect(header(page, 'Name')).toHaveAttribute('aria-sort', 'ascending');
    const sorted = async () => (await names(page)).join(' ');
    await expect.poll(sorted).toMatch(/^checkout-dev checkout-production checkout-staging notifier-dev/);
    await header(page, 'Name').getByRole('button').click();
    await expect(header(page, 'Name')).toHaveAttribute('aria-sort', 'descending');
    await expect.poll(sorted).toMatch(/^storefront-staging storefront-production/);
    await page.reload();
    await expect(header(page, 'Name')).toHaveAttribute('aria-sort', 'descending');
    expect(await sorted()).toMatch(/^storefront-staging storefront-production/);
  });

  test('remembers which columns are shown', async ({ page }) => {
    await open(page, '/applications');
    await expect(header(page, 'Namespace')).toBeVisible();
    await page.getByRole('button', { name: 'View' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Namespace' }).click();
    await expect(header(page, 'Namespace')).toBeHidden();
    await page.reload();
    await expect(header(page, 'Namespace')).toBeHidden();
  });

  test('is reached by keys: search, help, sections, rows', async ({ page }) => {
    await open(page, '/applications?q=project:shop&sort=name');
    await expect(listRow(page, 'checkout-dev')).toBeVisible();
    await page.keyboard.press('/');
    await expect(search(page)).toBeFocused();
    await page.keyboard.press('g');
    await expect(search(page)).toHaveValue('project:shopg');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(search(page)).not.toBeFocused();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
    // The second row: two down would be the third, one up goes back.
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'checkout-production' })).toBeVisible();
    await page.keyboard.press(']');
    await expect(page).toHaveURL(/\/resources$/);
    await page.keyboard.press('[');
    await expect(page).not.toHaveURL(/\/resources/);
    for (const [keys, url] of [
      ['gd', /\/drift$/],
      ['gu', /\/audit$/],
      ['gs', /\/settings\/clusters$/],
      ['ga', /\/applications$/],
      ['gf', /\/$/],
    ] as const) {
      for (const key of keys) await page.keyboard.press(key);
      await expect(page).toHaveURL(url);
    }
  });

  test('has a palette that goes anywhere and acts', async ({ page }) => {
    await open(page, '/');
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Command palette' });
    await palette.getByRole('combobox').fill('notifier-st');
    await expect(palette.getByRole('option', { name: /notifier-staging/ })).toBeVisible();
    await expect(palette.getByRole('option', { selected: true })).toContainText('notifier-staging');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'notifier-staging' })).toBeVisible();
    await expect(palette).toBeHidden();
    await page.keyboard.press('Control+k');
    await palette.getByRole('combobox').fill('dark');
    await palette.getByRole('option', { name: 'Dark theme' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });
});
