import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type Product, startProduct } from '../product.ts';

/** A product of its own, that no environment gave an admin and that has nothing yet. */
const ALONE = { QUARTERDECK_ADMIN_EMAIL: '', QUARTERDECK_ADMIN_PASSWORD: '', QUARTERDECK_SANDBOX: 'off' };

test.describe('the first admin', () => {
  let dataDirectory: string;
  let product: Product | undefined;

  test.beforeAll(async () => {
    dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'quarterdeck-first-'));
  });
  test.afterAll(async () => {
    await product?.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  test('joins by the link that the start prints, which works once', async ({ browser }) => {
    test.setTimeout(240_000);
    product = await startProduct({ dataDirectory, env: ALONE });
    const link = /First admin\s+(http:\/\/\S+)/.exec(product.output())?.[1] ?? '';
    expect(new URL(link).origin).toBe(new URL(product.url).origin);
    const page = await browser.newPage();
    await page.goto(product.url);
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.goto(link);
    await expect(page.getByRole('button', { name: 'Join' })).toBeEnabled();
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('E-mail').fill('ada@quarterdeck.test');
    await page.getByLabel('Password').fill('short');
    await page.getByRole('button', { name: 'Join' }).click();
    await expect(page.getByRole('heading', { name: 'Join Quarterdeck' })).toBeVisible();
    await page.getByLabel('Password').fill('long enough for an admin');
    await page.getByRole('button', { name: 'Join' }).click();
    // An empty house says what to do first.
    await expect(page.getByRole('region', { name: 'Three steps to your first application' })).toBeVisible();
    await page.getByRole('link', { name: 'Add cluster' }).click();
    await expect(page.getByRole('dialog', { name: 'Add cluster' })).toBeVisible();
    await page.goto(`${product.url}/settings/people`);
    await expect(page.getByRole('combobox', { name: 'Role of Ada' })).toHaveValue('admin');
    await page.close();

    const second = await browser.newPage();
    await second.goto(link);
    await expect(second.getByText('This link does not work any more')).toBeVisible();
    await second.close();
  });

  test('is not asked for again at the second start', async () => {
    await product?.stop();
    product = await startProduct({ dataDirectory, env: ALONE });
    expect(product.output()).not.toContain('First admin');
  });
});
