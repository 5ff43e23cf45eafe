import { expect } from '@playwright/test';
import { dialog, open, overflow, tableRow, violations } from '../console.ts';
import { test } from '../fixtures.ts';

const OBJECT = `apiVersion: boats.example.com/v1
kind: Lifeboat
metadata:
  name: port
status:
  water: 12
`;

test.describe('health rules', () => {
  test('are written, tried, refused with the place, and deleted', async ({ page, crew, visit }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page, '/settings/health-rules');
    await page.getByRole('button', { name: 'Add rule' }).click();
    await dialog(page).getByLabel('Kind').fill('Lifeboat');
    await dialog(page).getByLabel('API group').fill('boats.example.com');
    await dialog(page).getByLabel('When').fill('object.status.water >');
    await dialog(page).getByRole('button', { name: 'Add rule' }).click();
    await expect(dialog(page).getByLabel('When')).toHaveAttribute('aria-invalid', 'true');
    await expect(dialog(page)).toContainText('(line 1, column 22)');
    await dialog(page).getByLabel('When').fill('object.status.water > 10');
    await dialog(page).getByLabel('Message', { exact: true }).fill('It leaks');
    await dialog(page).getByLabel('Message as an expression').fill('"Water at " + string(object.status.water) + " cm"');
    await dialog(page).getByLabel('Try it on an object').fill(OBJECT);
    await dialog(page).getByRole('button', { name: 'Try', exact: true }).click();
    await expect(dialog(page).getByRole('region', { name: 'Try it' })).toContainText('Clause 1 holds: Water at 12 cm');
    await dialog(page).getByLabel('Try it on an object').fill(OBJECT.replace('12', '2'));
    await dialog(page).getByRole('button', { name: 'Try', exact: true }).click();
    await expect(dialog(page)).toContainText('No clause holds, so what is built in decides');
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => overflow(page)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1440, height: 900 });
    await dialog(page).getByRole('button', { name: 'Add rule' }).click();
    const row = tableRow(page, 'Health rules', 'Lifeboat').first();
    await expect(row).toContainText('boats.example.com');

    const theirs = await visit(crew.viewer, '/settings/health-rules', { reducedMotion: 'reduce' });
    await theirs.getByRole('button', { name: 'Open the rule of Lifeboat.boats.example.com' }).click();
    await expect(dialog(theirs).getByRole('button', { name: 'Save rule' })).toHaveAttribute('aria-disabled', 'true');
    expect(await violations(theirs)).toEqual([]);

    await row.getByRole('button', { name: 'Delete the rule of Lifeboat.boats.example.com' }).click();
    await page.getByRole('button', { name: 'Delete rule' }).click();
    await expect(page.getByRole('main')).not.toContainText('Lifeboat');
    await open(page, '/audit');
    await expect(page.getByText('Lifeboat.boats.example.com').first()).toBeVisible();
  });
});
