import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Registry, openRegistry } from '#lib/testing/registering.ts';
import { updateApplication } from '../applications/update.ts';
import { createProject, getProject, updateProject } from './manage.ts';

const FREEZE = {
  kind: 'deny' as const,
  schedule: '0 16 * * 5',
  duration: '3d',
  timeZone: 'Europe/Berlin',
  applications: ['production-*'],
  description: 'weekend freeze',
};

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

describe('sync windows of a project', () => {
  test('are kept as they were given, and the audit says what changed', async () => {
    const project = await registry.project();
    const change = { syncWindows: [FREEZE] };
    const changed = await updateProject(registry.admin, { id: project.id, change });
    const stored = { ...FREEZE, namespaces: [], clusters: [], andOperator: false, manualSync: false };
    expect(changed.syncWindows).toEqual([stored]);
    expect((await getProject(registry.viewer, project)).syncWindows).toEqual([stored]);
    await updateProject(registry.admin, { id: project.id, change: { description: 'same windows' } });
    const manual = { syncWindows: [{ ...FREEZE, manualSync: true }] };
    await updateProject(registry.admin, { id: project.id, change: manual });
    const words = 'weekend freeze: Deny every Friday 16:00 for 3 days, Europe/Berlin, production-*';
    const events = await registry.events('project.update', project.id);
    expect(events.map((event) => event.detail)).toEqual([
      { syncWindows: { added: [words], removed: [] } },
      {},
      { syncWindows: { added: [`${words}, people may sync`], removed: [words] } },
    ]);
  });

  test('make its applications be looked at anew, only when they change', async () => {
    const app = await registry.application();
    await updateProject(registry.admin, { id: app.project.id, change: { description: 'other words' } });
    expect(await registry.waiting('auto-sync', app.id)).toBe(false);
    await updateProject(registry.admin, { id: app.project.id, change: { syncWindows: [FREEZE] } });
    expect(await registry.waiting('auto-sync', app.id)).toBe(true);
  });

  test.each([
    ['another project', async () => ({ projectId: (await registry.project()).id })],
    ['another name', async () => ({ name: `renamed-${Date.now().toString(36)}` })],
  ])('an application is looked at anew with %s', async (_what, change) => {
    const app = await registry.application();
    await updateApplication(registry.admin, { id: app.id, change: { version: 1, protected: true } });
    expect(await registry.waiting('auto-sync', app.id)).toBe(false);
    await updateApplication(registry.admin, { id: app.id, change: { version: 2, ...(await change()) } });
    expect(await registry.waiting('auto-sync', app.id)).toBe(true);
  });

  test('are refused with the field that is wrong', async () => {
    const { id } = await registry.project();
    const syncWindows = [FREEZE, { ...FREEZE, schedule: '0 25 * * *', timeZone: 'Berlin' }];
    await expect(updateProject(registry.admin, { id, change: { syncWindows } })).rejects.toMatchObject({
      issues: [{ path: ['syncWindows', 1, 'schedule'] }, { path: ['syncWindows', 1, 'timeZone'] }],
    });
    expect((await getProject(registry.admin, { id })).syncWindows).toEqual([]);
  });

  test('can be given with a new project; a viewer gives none', async () => {
    const name = `frozen-${Date.now().toString(36)}`;
    await expect(createProject(registry.viewer, { name, syncWindows: [FREEZE] })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const { id } = await createProject(registry.admin, { name, syncWindows: [FREEZE] });
    expect((await getProject(registry.admin, { id })).syncWindows).toMatchObject([FREEZE]);
    await expect(updateProject(registry.viewer, { id, change: { syncWindows: [] } })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await registry.events('project.update', id)).toMatchObject([{ outcome: 'refused' }]);
  });
});
