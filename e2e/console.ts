import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';

/** Parts of the console by their roles, as a person would name them. */
export const dialog = (page: Page): Locator => page.getByRole('dialog');

/** Goes to a page of the console and waits until it is alive: keys and clicks before that are nobody's. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  // By label: behind a dialog that the URL opens, roles are hidden.
  await expect(page.getByLabel('Updates: Live')).toBeVisible();
}

/** Fills the sign-in page, once it is alive. */
export async function signIn(page: Page, person: { email: string; password: string }): Promise<void> {
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A button of an application's head. */
export const action = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('group', { name: 'Actions' }).getByRole('button', { name });

/** State words under an application's name. */
export const state = (page: Page, word: string): Locator =>
  page.getByRole('main').getByText(word, { exact: true }).first();

/** The row of an application in the list. */
export const listRow = (page: Page, name: string): Locator =>
  page.getByRole('table', { name: 'Applications' }).getByRole('row').filter({ hasText: name });

/** The row of a table by what it says. */
export const tableRow = (page: Page, table: string, words: string | RegExp): Locator =>
  page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: words });

/** Clicks in the plan dialog and closes it when the operation succeeded. */
export async function confirmPlan(page: Page, button: string | RegExp): Promise<void> {
  await dialog(page).getByRole('button', { name: button }).click();
  await expect(dialog(page).getByRole('status').getByText('Succeeded')).toBeVisible({ timeout: 60_000 });
  await dialog(page).getByRole('button', { name: 'Done' }).click();
  await expect(dialog(page)).toBeHidden();
}

/** It is there, says why it cannot be used, and does nothing when it is clicked. */
export async function expectRefused(button: Locator, reason: string | RegExp): Promise<void> {
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await button.hover();
  await expect(button.page().getByRole('tooltip').filter({ hasText: reason })).toBeVisible();
  await button.click({ force: true });
  await expect(dialog(button.page())).toBeHidden();
}

/** Violations of WCAG 2.2 AA on the page as it stands, in a line each. */
export async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  return found.violations.map((one) => `${one.id}: ${one.nodes[0]?.target.join(' ')} ${one.nodes[0]?.failureSummary}`);
}

/** Pixels by which the page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth);
}
