import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Registry, openRegistry } from '#lib/testing/registering.ts';
import { createApplication } from '../applications/create.ts';
import { deleteApplication } from '../applications/delete.ts';
import { exportApplication, readApplicationDocument } from '../applications/document.ts';
import { getApplication } from '../applications/get.ts';
import { refreshApplication } from '../applications/refresh.ts';
import { updateApplication } from '../applications/update.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

describe('applications', () => {
  test('appear in the list at once and are rendered', async () => {
    const app = await registry.application();
    expect(await getApplication(registry.viewer, app)).toMatchObject({
      name: app.name,
      sync: 'Unknown',
      path: 'web',
      projectName: app.project.name,
      clusterName: app.cluster.name,
    });
    expect(await registry.waiting('render', app.id)).toBe(true);
    await refreshApplication(registry.operator, app);
    expect(await registry.waiting('compare', app.id)).toBe(true);
    expect(await registry.waiting('fetch', app.repository.id)).toBe(true);
  });

  test('change only what was given, with the version that was seen', async () => {
    const app = await registry.application();
    await updateApplication(registry.admin, { id: app.id, change: { version: 1, syncPolicy: { automated: true } } });
    await updateApplication(registry.admin, { id: app.id, change: { version: 2, protected: true } });
    expect(await getApplication(registry.viewer, app)).toMatchObject({
      automated: true,
      protected: true,
      version: 3,
      path: 'web',
      syncPolicy: { automated: true, createNamespace: true },
    });
    await expect(
      updateApplication(registry.admin, { id: app.id, change: { version: 2, labels: {} } }),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
    const [first] = await registry.events('application.update', app.id);
    expect(first).toMatchObject({ detail: { changed: ['syncPolicy'] } });
    expect(first?.beforeHash).not.toBe(first?.afterHash);
  });

  test('keep every option of rendering and of syncing through YAML and back', async () => {
    const app = await registry.application();
    const options = {
      tool: 'kustomize' as const,
      directory: { recurse: true, include: '*.yaml' },
      kustomize: {
        replicas: [{ name: 'web', count: 3 }],
        patches: [{ patch: 'spec: {paused: true}', target: { kind: 'Deployment' } }],
        components: ['../components/tracing'],
        commonAnnotations: { team: 'shop' },
        labelWithoutSelector: true,
        namespace: 'shop',
      },
      helm: {
        valueFiles: ['../values/*.yaml', '/env/eu.yaml'],
        ignoreMissingValueFiles: true,
        valuesObject: { deep: { list: [1, 'two', null] } },
        fileParameters: [{ name: 'note', path: 'note.txt' }],
        skipSchemaValidation: true,
      },
    };
    const syncPolicy = {
      pruneLast: true,
      propagation: 'foreground' as const,
      validate: false,
      retry: { limit: 9, seconds: 1, factor: 1, maxSeconds: 1 },
      namespaceMetadata: { labels: { a: 'b' }, annotations: { c: 'd' } },
    };
    const { version } = await getApplication(registry.viewer, app);
    const source = { repositoryId: app.repository.id, targetRevision: 'main', path: 'web', options };
    await updateApplication(registry.admin, { id: app.id, change: { version, source, syncPolicy } });
    const view = await getApplication(registry.viewer, app);
    expect(view).toMatchObject({ options, syncPolicy });
    const { text } = await exportApplication(registry.viewer, app);
    const read = await readApplicationDocument(registry.admin, text);
    expect(read.source.options).toEqual(options);
    expect(read.syncPolicy).toEqual(view.syncPolicy);
  });

  test.each([
    [{ helm: { valueFiles: ['a\\b'] } }, /characters that paths/],
    [{ kustomize: { replicas: [{ name: 'web', count: -1 }] } }, /count/],
    [{ kustomize: { patches: [{ patch: '' }] } }, /patch/],
    [{ helm: { valuesObjects: {} } }, /valuesObjects/],
  ])('refuse the options %j by name', async (options, problem) => {
    const app = await registry.application();
    const source = { repositoryId: app.repository.id, targetRevision: 'main', path: 'web', options };
    await expect(
      updateApplication(registry.admin, { id: app.id, change: { version: 1, source: source as never } }),
    ).rejects.toThrow(problem);
  });

  test('what is deployed does not move', async () => {
    const app = await registry.application();
    await updateApplication(registry.admin, { id: app.id, change: { version: 1, namespace: 'other' } });
    await registry.database.prisma.applicationState.update({
      where: { applicationId: app.id },
      data: { deployedSha: 'a' },
    });
    const move = updateApplication(registry.admin, { id: app.id, change: { version: 2, namespace: 'third' } });
    await expect(move).rejects.toMatchObject({ code: 'refused', fields: [{ path: 'namespace' }] });
  });

  test('every field that names nothing is told at once', async () => {
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
    const source = { repositoryId: c, targetRevision: '-x' };
    const input = { name: 'x', projectId: a, clusterId: b, namespace: 'x', source };
    const error: unknown = await createApplication(registry.admin, input).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      fields: [
        { path: 'projectId' },
        { path: 'clusterId' },
        { path: 'source.repositoryId' },
        { path: 'source.targetRevision' },
      ],
    });
  });

  test('go without touching the cluster, and not while an operation runs', async () => {
    const app = await registry.application();
    const state = { where: { applicationId: app.id } };
    await registry.database.prisma.applicationState.update({ ...state, data: { activeOperationId: randomUUID() } });
    await expect(deleteApplication(registry.admin, app)).rejects.toMatchObject({ code: 'conflict' });
    await registry.database.prisma.applicationState.update({ ...state, data: { activeOperationId: null } });
    expect((await deleteApplication(registry.admin, app)).message).toContain('stay in cluster');
    await expect(getApplication(registry.viewer, app)).rejects.toMatchObject({ code: 'not-found' });
    expect(await registry.events('application.delete', app.id)).toMatchObject(
      [{ outcome: 'refused' }, { outcome: 'succeeded' }].slice(1),
    );
  });

  test('leave as YAML and come back the same', async () => {
    const app = await registry.application();
    const { text } = await exportApplication(registry.viewer, app);
    const input = await readApplicationDocument(registry.admin, text);
    expect(input).toMatchObject({ name: app.name, projectId: app.project.id, source: { path: 'web' } });
    await expect(createApplication(registry.admin, input)).rejects.toMatchObject({ code: 'conflict' });
    await expect(readApplicationDocument(registry.viewer, text)).rejects.toMatchObject({ code: 'forbidden' });
    const typed = text.replace('  source:\n', '  source:\n    pathh: web\n').replace('spec:\n', 'spec:\n  sync: yes\n');
    await expect(readApplicationDocument(registry.admin, typed)).rejects.toMatchObject({
      issues: expect.arrayContaining([
        expect.objectContaining({ code: 'unrecognized_keys', path: ['spec'], keys: ['sync'] }),
        expect.objectContaining({ code: 'unrecognized_keys', path: ['spec', 'source'], keys: ['pathh'] }),
      ]),
    });
    const elsewhere = text.replace(app.cluster.name, 'no-such-cluster');
    await expect(readApplicationDocument(registry.admin, elsewhere)).rejects.toMatchObject({
      fields: [{ path: 'spec.destination.cluster' }],
    });
  });

  test.each([
    ['a: b: c', /Line 1/],
    ['- a list', /one Application/],
    [`a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]`, /aliases/],
  ])('YAML %j is refused in words', async (text, words) => {
    await expect(readApplicationDocument(registry.admin, text)).rejects.toThrow(words);
  });
});
