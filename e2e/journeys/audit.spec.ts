import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { open, tableRow } from '../console.ts';
import { test } from '../fixtures.ts';

const RECORDS = 'Audit records, newest first';
const rows = (page: Page) =>
  page
    .getByRole('table', { name: RECORDS })
    .getByRole('row')
    .filter({ hasNot: page.getByRole('columnheader') });

async function download(page: Page, link: string): Promise<string> {
  const started = page.waitForEvent('download');
  await page.getByRole('link', { name: link }).click();
  return readFile(await (await started).path(), 'utf8');
}

test.describe('audit', () => {
  /** Part of every name these records have; a comma and a quote for the exports. */
  const mark = `dock-${Date.now().toString(36)}`;

  test.beforeAll(async ({ crew }) => {
    const { id } = await crew.admin.call<{ id: string }>('POST', '/api/v1/projects', {
      name: mark,
      description: 'dry, "wet"',
    });
    await crew.admin.call('PATCH', `/api/v1/projects/${id}`, { name: `${mark}-two` });
    expect((await crew.viewer.raw('DELETE', `/api/v1/projects/${id}`)).status).toBe(403);
    await crew.admin.call('DELETE', `/api/v1/projects/${id}`);
  });

  test('is searched and filtered, and the address keeps the filters', async ({ page }) => {
    await open(page, '/audit');
    await page.getByRole('searchbox', { name: 'Search the audit' }).fill(mark);
    await page.keyboard.press('Enter');
    await expect(rows(page)).toHaveCount(4);
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('refused');
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText('project.delete');
    await expect(rows(page)).toContainText(/vera-/);
    await page.reload();
    await expect(rows(page)).toHaveCount(1);
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('');
    await tableRow(page, RECORDS, 'project.update').getByRole('button', { name: 'project.update' }).click();
    await expect(rows(page)).toHaveCount(1);
    await expect(page).toHaveURL(/verb=project\.update/);
    await page.getByRole('combobox', { name: 'Target' }).selectOption('cluster');
    await expect(page.getByText('No record matches')).toBeVisible();
    await page.getByLabel('From day (UTC)').fill('2001-01-01');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(page).toHaveURL(/\/audit$/);
    await expect(rows(page)).not.toHaveCount(0);
  });

  test('leaves out other days', async ({ page }) => {
    await open(page, `/audit?query=${mark}`);
    await expect(rows(page)).toHaveCount(4);
    await page.getByLabel('To day (UTC)').fill('2001-01-01');
    await expect(page.getByText('No record matches')).toBeVisible();
  });

  test('opens a record with everything it holds', async ({ page }) => {
    await open(page, `/audit?query=${mark}&verb=project.create`);
    await rows(page)
      .getByRole('button', { name: /^Unfold record/ })
      .click();
    await expect(page.getByRole('definition').filter({ hasText: 'Added the project' })).toBeVisible();
    await expect(page.getByRole('term').filter({ hasText: 'After' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Copy request id' })).toBeVisible();
  });

  test('exports what is shown as CSV', async ({ page }) => {
    await open(page, `/audit?query=${mark}`);
    const text = await download(page, 'Export CSV');
    const [head, ...lines] = text.trimEnd().split('\r\n');
    expect(head?.split(',')).toEqual(expect.arrayContaining(['sequence', 'at', 'actorName', 'verb', 'outcome']));
    expect(lines).toHaveLength(4);
    expect(lines.every((line) => line.includes(mark))).toBe(true);
    expect(lines.filter((line) => line.includes('refused'))).toHaveLength(1);
  });

  test('exports what is shown as JSON lines, which is recorded', async ({ page }) => {
    await open(page, `/audit?query=${mark}&outcome=succeeded`);
    const text = await download(page, 'Export JSON lines');
    const events = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { verb: string; outcome: string; targetName: string });
    expect(events.map((event) => event.verb).sort()).toEqual(['project.create', 'project.delete', 'project.update']);
    expect(events.every((event) => event.outcome === 'succeeded')).toBe(true);
    await open(page, '/audit?verb=audit.export');
    await expect(rows(page).first()).toContainText('admin');
  });
});
