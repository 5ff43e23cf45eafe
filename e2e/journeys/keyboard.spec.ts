import { expect, type Locator, type Page } from '@playwright/test';
import { action, dialog, open } from '../console.ts';
import { test } from '../fixtures.ts';

/** Holds back every script that is not part of the page itself until the answer is called: parts on their first use. */
async function holdParts(page: Page, path: string): Promise<() => void> {
  const html = await (await page.context().request.get(path)).text();
  const { promise, resolve } = Promise.withResolvers<undefined>();
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    if (!html.includes(name)) await promise;
    await route.continue();
  });
  return () => resolve(undefined);
}

const account = (page: Page) => page.getByRole('button', { name: /^Account of/ });
const menu = (page: Page) => page.getByRole('menu');
const isFocusIn = (part: Locator) => part.evaluate((element) => element.contains(document.activeElement));

test.describe('keyboard alone', () => {
  for (const key of ['Enter', 'Space', 'ArrowDown']) {
    test(`opens a menu with ${key}, walks it with arrows, and comes back with Escape`, async ({ page }) => {
      await open(page, '/applications');
      const view = page.getByRole('button', { name: 'View' });
      await view.focus();
      await page.keyboard.press(key);
      const items = menu(page).getByRole('menuitemradio');
      await expect(items.nth(0)).toBeFocused();
      await expect(view).toHaveAttribute('aria-expanded', 'true');
      await page.keyboard.press('ArrowDown');
      await expect(items.nth(1)).toBeFocused();
      await page.keyboard.press('ArrowUp');
      await expect(items.nth(0)).toBeFocused();
      await page.keyboard.press('End');
      await expect(menu(page).getByRole('menuitemcheckbox', { name: 'Compact rows' })).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(menu(page)).toBeHidden();
      await expect(view).toBeFocused();
      await expect(view).toHaveAttribute('aria-expanded', 'false');
    });
  }

  test('opens the first menu while what draws it is still coming', async ({ page }) => {
    const release = await holdParts(page, '/applications');
    await open(page, '/applications');
    await account(page).focus();
    await page.keyboard.press('Enter');
    // Impatience must not close it.
    await page.keyboard.press('ArrowDown');
    await expect(account(page)).toHaveAttribute('aria-expanded', 'true');
    await expect(menu(page)).toBeHidden();
    release();
    await expect(menu(page).getByRole('menuitemradio', { name: 'As the system' })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.keyboard.press('Escape');
    await expect(account(page)).toBeFocused();
  });

  test('opens a dialog from a menu, and the focus comes back to the menu’s button', async ({ page }) => {
    await open(page, '/applications');
    await account(page).focus();
    await page.keyboard.press('Enter');
    await expect(menu(page).getByRole('menuitemradio', { name: 'As the system' })).toBeFocused();
    await page.keyboard.press('k');
    await expect(menu(page).getByRole('menuitem', { name: 'Keyboard shortcuts' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
    await expect(account(page)).toBeFocused();
  });

  test('keeps the focus in a dialog and gives it back, the first time too', async ({ page, yard }) => {
    const ship = await yard.launch('bilander');
    await ship.commitSeen('Trim the bilander', { image: '1.1.0' });
    const release = await holdParts(page, ship.path);
    await open(page, ship.path);
    const sync = action(page, /^Sync/);
    await sync.focus();
    await page.keyboard.press('Enter');
    release();
    await expect(dialog(page).getByRole('button', { name: /^Sync/ })).toBeEnabled();
    for (const key of [...Array.from({ length: 12 }, () => 'Tab'), ...Array.from({ length: 12 }, () => 'Shift+Tab')]) {
      await page.keyboard.press(key);
      expect(await isFocusIn(dialog(page)), `${key} left the dialog`).toBe(true);
    }
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
    await expect(sync).toBeFocused();
  });

  test('shows what a button is for when it is reached, the first time too', async ({ page }) => {
    const release = await holdParts(page, '/');
    await open(page, '/');
    // Skip to content, the logo, then the button.
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Tab');
    const narrow = page.getByRole('button', { name: 'Narrow the sections' });
    await expect(narrow).toBeFocused();
    release();
    const tip = page.getByRole('tooltip').filter({ hasText: 'Narrow the sections' });
    await expect(tip).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(tip).toBeHidden();
    await expect(narrow).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expect(tip).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(tip).toBeHidden();
  });

  test('takes what is typed before the palette is there', async ({ page }) => {
    const release = await holdParts(page, '/applications');
    await open(page, '/applications');
    const opener = page.getByRole('button', { name: 'Open the command palette' });
    await opener.focus();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('notifier-ss');
    await page.keyboard.press('Backspace');
    release();
    const field = page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox');
    await expect(field).toBeFocused();
    await expect(field).toHaveValue('notifier-s');
    await page.keyboard.type('taging');
    await expect(field).toHaveValue('notifier-staging');
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
    await expect(opener).toBeFocused();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('notifier-staging');
    await expect(page.getByRole('option', { selected: true })).toContainText('notifier-staging');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'notifier-staging' })).toBeVisible();
  });
});
