import { expect } from '@playwright/test';
import { confirmPlan, dialog, open, violations } from '../console.ts';
import { test } from '../fixtures.ts';

test.describe('drift', () => {
  test('is read and reverted from its page', async ({ page, yard }) => {
    const ship = await yard.launch('dinghy');
    await ship.scale(5);
    await open(page, `/drift?q=${encodeURIComponent(`cluster:${yard.clusterName}`)}`);
    const records = page.getByRole('list', { name: 'Drift records' });
    const revert = page.getByRole('button', { name: `Revert Deployment ${ship.name} of ${ship.name}` }).first();
    await expect(revert).toBeVisible();
    const row = records.getByRole('listitem').filter({ has: revert }).first();
    await expect(row).toContainText('spec.replicas');
    await expect(row).toContainText('kubectl');
    await expect(row).toContainText('person');
    await row.getByRole('button', { expanded: false }).click();
    await expect(row.getByText('Before, as deployed')).toBeVisible();
    await expect(row.locator('pre')).toHaveText(['2', '5']);

    await revert.click();
    await expect(dialog(page).getByRole('list', { name: 'Planned objects' })).toContainText('replicas');
    await confirmPlan(page, /^Revert/);
    await expect(revert).toBeHidden();
    expect(await ship.liveReplicas()).toBe(2);
    await page.getByRole('button', { name: 'closed' }).click();
    await expect(
      records
        .getByRole('listitem')
        .filter({ hasText: `Deployment ${ship.name}` })
        .first(),
    ).toContainText('closed');
  });

  test('is left to whoever changed it, with a reason, and shown as hidden from then on', async ({ page, yard }) => {
    const ship = await yard.launch('punt');
    await ship.scale(4);
    await ship.until('the drift', (view) => view.driftCount === 1);
    await open(page, ship.path);
    await page.getByRole('button', { name: 'Ignore this field… spec.replicas' }).click();
    const ignore = dialog(page).getByRole('button', { name: 'Ignore this field' });
    await expect(ignore).toBeDisabled();
    await dialog(page).getByLabel('Reason').fill('scaled by hand in summer');
    expect(await violations(page)).toEqual([]);
    await ignore.click();
    await ship.until('the rule', (view) => view.sync === 'Synced' && view.driftCount === 0);
    await page.getByText('1 difference hidden by 1 rule').click();
    await expect(
      page.getByText(/spec\.replicas of apps\/Deployment .* · owned by admin · scaled by hand in summer/),
    ).toBeVisible();
    expect(await violations(page)).toEqual([]);
    expect((await ship.read()).ignoreRules).toMatchObject([{ owner: 'admin', reason: 'scaled by hand in summer' }]);
    expect(await ship.liveReplicas()).toBe(4);
  });

  test('of one kind on several applications is listed with each of them', async ({ page, yard }) => {
    const ships = [await yard.launch('raft-a', { replicas: 3 }), await yard.launch('raft-b', { replicas: 3 })];
    for (const ship of ships) await ship.scale(9);
    await open(page, `/drift?q=${encodeURIComponent(`cluster:${yard.clusterName} raft`)}`);
    for (const ship of ships) {
      const listed = page.getByRole('list', { name: 'Drift records' }).getByText(`${ship.name} on ${yard.clusterName}`);
      await expect(listed.first()).toBeVisible();
    }
  });
});
