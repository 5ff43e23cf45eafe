import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRegistry, type Registry } from '#lib/testing/registering.ts';
import { createApplication } from './create.ts';
import { deleteApplication } from './delete.ts';
import { exportApplication, readApplicationDocument } from './document.ts';
import { getApplication } from './get.ts';
import { updateApplication } from './update.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

type App = Awaited<ReturnType<Registry['application']>>;

const referenceOf = (app: App) => `${app.project.name}/${app.name}`;
async function depend(app: App, ...on: string[]): Promise<void> {
  const { version } = await getApplication(registry.viewer, app);
  await updateApplication(registry.admin, { id: app.id, change: { version, dependsOn: on } });
}
const dependenciesOf = async (app: App) =>
  (await getApplication(registry.viewer, app)).dependencies.map(({ projectName, name }) => `${projectName}/${name}`);

describe('what an application depends on', () => {
  test('is declared by name, stays on other changes, and goes when it is left out', async () => {
    const [web, database] = [await registry.application(), await registry.application()];
    await depend(web, referenceOf(database));
    const view = await getApplication(registry.viewer, web);
    expect(view.dependencies).toMatchObject([{ id: database.id, name: database.name, waits: 'was never synced' }]);
    expect((await getApplication(registry.viewer, database)).neededBy).toEqual([web.name]);
    await updateApplication(registry.admin, { id: web.id, change: { version: view.version, protected: true } });
    expect(await dependenciesOf(web)).toEqual([referenceOf(database)]);
    expect(await registry.waiting('auto-sync', web.id)).toBe(true);
    await depend(web);
    expect(await dependenciesOf(web)).toEqual([]);
  });

  test('is named without its project where it is the own one', async () => {
    const database = await registry.application();
    const { id } = await createApplication(registry.admin, {
      name: `web-${randomUUID().slice(0, 8)}`,
      projectId: database.project.id,
      clusterId: database.cluster.id,
      namespace: 'web',
      source: { repositoryId: database.repository.id },
      dependsOn: [database.name],
    });
    expect(await getApplication(registry.viewer, { id })).toMatchObject({ dependencies: [{ id: database.id }] });
  });

  test('goes through YAML and back', async () => {
    const [web, database] = [await registry.application(), await registry.application()];
    await depend(web, referenceOf(database));
    const { text } = await exportApplication(registry.viewer, web);
    expect(text).toContain(`dependsOn:\n    - ${referenceOf(database)}`);
    expect(await readApplicationDocument(registry.admin, text)).toMatchObject({ dependsOn: [referenceOf(database)] });
  });

  test('is no circle, however long; the way is named and nothing is changed', async () => {
    const [a, b, c] = [await registry.application(), await registry.application(), await registry.application()];
    await depend(a, referenceOf(b));
    await depend(b, referenceOf(c));
    const way = [c, a, b, c].map(referenceOf).join(' → ');
    await expect(depend(c, referenceOf(a))).rejects.toMatchObject({
      code: 'invalid',
      message: `would be a circle: ${way}.`,
      fields: [{ path: 'dependsOn' }],
    });
    await expect(depend(a, referenceOf(a))).rejects.toMatchObject({ code: 'invalid' });
    expect(await dependenciesOf(c)).toEqual([]);
    expect(await dependenciesOf(a)).toEqual([referenceOf(b)]);
  });

  test('is no circle either when both halves are asked for at once', async () => {
    const [a, b] = [await registry.application(), await registry.application()];
    const asked = await Promise.allSettled([depend(a, referenceOf(b)), depend(b, referenceOf(a))]);
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect([...(await dependenciesOf(a)), ...(await dependenciesOf(b))]).toHaveLength(1);
  });

  test('must be there: every name that is not is told', async () => {
    const web = await registry.application();
    await expect(depend(web, 'shop/nothing', 'neither')).rejects.toMatchObject({
      code: 'invalid',
      fields: [
        { path: 'dependsOn.0', message: 'there is no application shop/nothing' },
        { path: 'dependsOn.1', message: `there is no application ${web.project.name}/neither` },
      ],
    });
  });

  test.each(['Shop/web', 'a/b/c', '', '../web'])('is refused as %j', async (text) => {
    const web = await registry.application();
    await expect(depend(web, text)).rejects.toThrow(/name or project/);
  });

  test('cannot be deleted from under it', async () => {
    const [web, database] = [await registry.application(), await registry.application()];
    await depend(web, referenceOf(database));
    await expect(deleteApplication(registry.admin, database)).rejects.toMatchObject({
      code: 'conflict',
      message: `${web.name} depends on ${database.name}; change that first.`,
    });
    await deleteApplication(registry.admin, web);
    await deleteApplication(registry.admin, database);
  });
});
