import { expect } from '@playwright/test';
import type { ApplicationRow } from '#lib/contracts/applications.ts';
import type { Page as ListPage } from '#lib/contracts/common.ts';
import { until } from '../api-session.ts';
import { action, dialog, listRow, open, state } from '../console.ts';
import { test } from '../fixtures.ts';

/** What a newcomer finds after the first start: the demonstration, as the launcher seeded it. */
test.describe('the first look', () => {
  const rows = new Map<string, ApplicationRow>();
  const pathOf = (name: string) => `/applications/${rows.get(name)?.id ?? 'missing'}`;

  test.beforeAll(async ({ crew }) => {
    test.setTimeout(180_000);
    const ask = () => crew.admin.call<ListPage<ApplicationRow>>('GET', '/api/v1/applications?query=project:shop');
    const holds = ({ items }: ListPage<ApplicationRow>) => {
      const of = (name: string) => items.find((row) => row.name === name);
      return (
        of('storefront-production')?.sync === 'OutOfSync' &&
        of('checkout-staging')?.driftCount === 1 &&
        of('search-production')?.health === 'Degraded' &&
        items.filter((row) => row.sync === 'Synced' && row.health === 'Healthy').length === 9
      );
    };
    const { answer } = await until('the demonstration', ask, { holds, timeoutMs: 150_000, everyMs: 500 });
    for (const row of answer.items) rows.set(row.name, row);
  });

  test('says in one sentence what needs a person, and leads there', async ({ page }) => {
    await open(page, '/');
    const sentence = page.getByRole('heading', { level: 1 });
    await expect(sentence).toHaveText(/\d+ of \d+ applications need you\./);
    await expect(page.getByRole('link', { name: /Cluster production: worst/ })).toBeVisible();
    await expect(page.getByRole('img', { name: /Last 24 hours: \d+ deployments/ })).toBeVisible();
    await sentence.getByRole('link', { name: /\d+ of \d+/ }).click();
    await expect(page).toHaveURL(/\/applications\?.*sort=attention|\/applications$/);
    // Worst first: the failing one stands before the healthy ones.
    const names = await page.getByRole('table', { name: 'Applications' }).getByRole('link').allInnerTexts();
    const place = (name: string) => names.findIndex((words) => words.includes(name));
    expect(place('search-production')).toBeGreaterThanOrEqual(0);
    expect(place('search-production')).toBeLessThan(place('checkout-dev'));
  });

  test('shows a pending change, with the plan that would apply it', async ({ page }) => {
    await open(page, '/');
    const attention = page.getByRole('region', { name: 'Needs attention' });
    const group = attention.getByRole('listitem').filter({ hasText: 'and automatic sync is off' }).first();
    // One application offers its plan; several of the same cause are one row that leads to all of them.
    const several = group.getByRole('link', { name: /^Show \d+ applications/ });
    await expect(group.getByRole('button', { name: 'Sync storefront-production' }).or(several)).toBeVisible();
    await open(page, pathOf('storefront-production'));
    await expect(state(page, 'OutOfSync')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Pending changes' })).toBeVisible();
    await expect(page.getByRole('list', { name: 'Commits not deployed yet' }).getByRole('listitem')).not.toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Drift' })).toBeHidden();
    await action(page, /^Sync/).click();
    await expect(dialog(page)).toContainText(/[1-9] to change/);
  });

  test('shows what was edited by hand, and by whom', async ({ page }) => {
    await open(page, '/applications?q=drift:yes+project:shop');
    await listRow(page, 'checkout-staging').getByRole('link').click();
    const drift = page.getByRole('region', { name: 'Drift' });
    await expect(drift.getByText('spec.replicas').first()).toBeVisible();
    await expect(drift.getByText('kubectl-edit')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Pending changes' })).toBeHidden();
  });

  test('shows what is failing, and why', async ({ page }) => {
    await open(page, '/applications?q=health:degraded+project:shop');
    await listRow(page, 'search-production').getByRole('link').click();
    await expect(state(page, 'Degraded')).toBeVisible();
    await page.getByRole('link', { name: /^Resources/ }).click();
    const pods = page.getByRole('table', { name: 'Resources' }).getByRole('row').filter({ hasText: 'Pod' });
    await expect(pods.filter({ hasText: 'Degraded' }).first()).toContainText('Image cannot be pulled');
  });

  test('shows a healthy application as nothing to do', async ({ page }) => {
    await open(page, pathOf('checkout-dev'));
    await expect(state(page, 'Synced')).toBeVisible();
    await expect(state(page, 'Healthy')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Nothing differs' })).toBeVisible();
  });
});
