import { expect } from '@playwright/test';
import { action, confirmPlan, dialog, open, state, tableRow } from '../console.ts';
import { test } from '../fixtures.ts';

test.describe('sync', () => {
  test('shows the plan, the progress of every object, and writes history and timeline', async ({ page, yard }) => {
    const ship = await yard.launch('sloop');
    await ship.commitSeen('Paint the sloop', { image: '1.1.0' });
    await open(page, ship.path);
    await expect(page.getByRole('region', { name: 'Pending changes' })).toContainText('Paint the sloop');
    await action(page, /^Sync/).click();
    await expect(dialog(page)).toContainText('1 to change');
    const planned = dialog(page).getByRole('list', { name: 'Planned objects' }).getByRole('listitem');
    await expect(planned).toHaveCount(1);
    await expect(planned).toContainText(`Deployment${ship.name}`);
    await expect(planned.getByText(/:1\.1\.0/).first()).toBeVisible();
    await dialog(page).getByRole('button', { name: /^Sync/ }).click();
    await expect(tableRow(page, 'Objects of this operation', ship.name)).toContainText('Configured');
    await expect(dialog(page).getByText('Succeeded')).toBeVisible();
    await dialog(page).getByRole('button', { name: 'Done' }).click();
    await expect(state(page, 'Synced')).toBeVisible();

    await page.getByRole('link', { name: /^History/ }).click();
    const newest = page.getByRole('table', { name: 'Deployments, newest first' }).getByRole('row').nth(1);
    await expect(newest).toContainText('Paint the sloop');
    await expect(newest).toContainText('live');
    await newest.getByRole('button', { name: /^Compare .*(before|previous)/ }).click();
    await expect(dialog(page)).toContainText(/:1\.0\.0[\s\S]*:1\.1\.0/);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: /^Timeline/ }).click();
    const entries = page.getByRole('main').getByRole('listitem');
    await expect(entries.filter({ hasText: /^Deployment/ }).first()).toBeVisible();
    await expect(entries.filter({ hasText: 'Paint the sloop' }).first()).toBeVisible();
  });

  test('runs hooks around it, and shows them in the plan and on their way', async ({ page, yard }) => {
    const ship = await yard.launch('clipper');
    const hook = (name: string, phase: string) =>
      JSON.stringify({
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: `${ship.name}-${name}`, annotations: { 'argocd.argoproj.io/hook': phase } },
        spec: {
          template: { spec: { restartPolicy: 'Never', containers: [{ name, image: 'registry.example/hook:1' }] } },
        },
      });
    await ship.commitSeen('Rig the clipper', {
      image: '1.1.0',
      files: { 'deploy/migrate.yaml': hook('migrate', 'PreSync'), 'deploy/smoke.yaml': hook('smoke', 'PostSync') },
    });
    await open(page, ship.path);
    await action(page, /^Sync/).click();
    await expect(dialog(page)).toContainText('2 hooks to run');
    const planned = dialog(page).getByRole('list', { name: 'Planned objects' }).getByRole('listitem');
    await expect(planned.filter({ hasText: 'migrate' })).toContainText('runs before the sync');
    await expect(planned.filter({ hasText: 'smoke' })).toContainText('runs when all is healthy');
    await dialog(page).getByRole('button', { name: /^Sync/ }).click();
    await expect(tableRow(page, 'Objects of this operation', 'migrate')).toContainText('PreSync hook');
    await expect(tableRow(page, 'Objects of this operation', 'smoke')).toContainText('Ran');
    await expect(dialog(page).getByText('Succeeded')).toBeVisible();
    await dialog(page).getByRole('button', { name: 'Done' }).click();
    await expect(state(page, 'Synced')).toBeVisible();
  });

  test('ends with a message that leads to its records', async ({ page, yard }) => {
    const ship = await yard.launch('barge', { synced: false });
    await open(page, ship.path);
    await expect(state(page, 'OutOfSync')).toBeVisible();
    await action(page, /^Sync/).click();
    await expect(dialog(page)).toContainText('2 to create');
    await confirmPlan(page, /^Sync/);
    await page.getByRole('link', { name: 'Show the record' }).click();
    await expect(page).toHaveURL(new RegExp(`/audit\\?targetId=${ship.id}`));
    await expect(tableRow(page, 'Audit records, newest first', 'sync.finish')).toContainText('succeeded');
  });

  test('refuses a plan that a commit overtook, and makes a new one', async ({ page, yard }) => {
    const ship = await yard.launch('ketch');
    await ship.commitSeen('Reef the ketch', { image: '1.1.0' });
    await open(page, ship.path);
    await action(page, /^Sync/).click();
    await expect(dialog(page).getByRole('button', { name: /^Sync/ })).toBeEnabled();
    await ship.commitSeen('Unreef the ketch', { image: '1.2.0' });
    await dialog(page).getByRole('button', { name: /^Sync/ }).click();
    await expect(dialog(page)).toContainText('Something moved since this plan was made.');
    await expect(dialog(page)).toContainText(`${ship.name} now targets`);
    expect((await ship.deployments()).length).toBe(1);
    await dialog(page).getByRole('button', { name: 'Make the plan again' }).click();
    await expect(
      dialog(page)
        .getByText(/:1\.2\.0/)
        .first(),
    ).toBeVisible();
    await confirmPlan(page, /^Sync/);
    await expect(state(page, 'Synced')).toBeVisible();
  });

  test('applies nothing when the cluster moved between plan and click', async ({ page, yard }) => {
    const ship = await yard.launch('cutter');
    await ship.commitSeen('Trim the cutter', { image: '1.1.0' });
    await open(page, ship.path);
    await action(page, /^Sync/).click();
    await expect(dialog(page).getByRole('button', { name: /^Sync/ })).toBeEnabled();
    await ship.scale(7);
    await dialog(page).getByRole('button', { name: /^Sync/ }).click();
    await expect(dialog(page).getByRole('alert')).toContainText(/stale|moved|changed since/i);
    expect(await ship.liveReplicas()).toBe(7);
    await dialog(page).getByRole('button', { name: 'Make the plan again' }).click();
    await expect(dialog(page).getByRole('list', { name: 'Planned objects' })).toContainText('replicas');
    await confirmPlan(page, /^Sync/);
    expect(await ship.liveReplicas()).toBe(2);
  });

  test('waits for health where everybody can see it, and can be terminated', async ({ page, yard }) => {
    const ship = await yard.launch('wherry');
    await ship.commitSeen('Scuttle the wherry', { image: '2.0.0-broken' });
    await ship.start({ kind: 'sync', prune: false });
    await open(page, ship.path);
    const running = page.getByRole('region', { name: 'Running operation' });
    await expect(running).toContainText('Waiting for health');
    await expect(running).toContainText('1 of 1 object done');
    await expect(page.getByRole('list', { name: 'From commit to workload' })).toContainText(
      /Applied \w{7}, waiting for/,
    );
    await running.getByRole('button', { name: 'Terminate' }).click();
    await expect(running).toBeHidden();
    await open(page, `/audit?targetId=${ship.id}`);
    await expect(tableRow(page, 'Audit records, newest first', 'sync.terminate')).toContainText('admin');
  });
});
