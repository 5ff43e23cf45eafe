import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Registry, named, openRegistry } from '#lib/testing/registering.ts';
import { deleteApplication } from '../applications/delete.ts';
import { getApplication } from '../applications/get.ts';
import { createCluster } from '../clusters/create.ts';
import { deleteCluster } from '../clusters/delete.ts';
import { clusterEndpoint } from '../clusters/endpoint.ts';
import { importKubeconfig, readKubeconfig } from '../clusters/kubeconfig.ts';
import { rotateClusterCredential, updateCluster } from '../clusters/update.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

describe('clusters', () => {
  test('are stored with a credential only the worker opens, and audited', async () => {
    const view = await registry.cluster();
    expect(view).toMatchObject({ status: 'unknown', credentialKind: 'token', applicationCount: 0 });
    expect((await clusterEndpoint(registry.admin, view.id)).credential).toEqual({
      kind: 'token',
      token: 'secret-token',
    });
    const [event] = await registry.events('cluster.create', view.id);
    expect(event).toMatchObject({ outcome: 'succeeded', actorId: 'test-admin' });
    expect(event?.afterHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ['userinfo', { server: 'https://u:p@k8s.example' }, 'server'],
    ['plain http', { server: 'http://k8s.example' }, 'server'],
    ['a CA that is none', { caData: 'nonsense' }, 'caData'],
    ['a token over two lines', { credential: { kind: 'token' as const, token: 'a\nb' } }, 'credential.token'],
    ['exec', { credential: { kind: 'exec' as const, command: 'aws' } }, 'credential.kind'],
  ])('refuses %s and names the field', async (_name, change, path) => {
    const input = { name: named('bad'), server: 'https://k8s.example', credential: { kind: 'in-cluster' as const } };
    const error = await createCluster(registry.admin, { ...input, ...change }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ fields: [{ path }] });
    expect(await registry.database.prisma.cluster.count({ where: { name: input.name } })).toBe(0);
  });

  test('a taken name is a conflict on the field', async () => {
    const { name } = await registry.cluster();
    await expect(registry.cluster(name)).rejects.toMatchObject({ code: 'conflict', fields: [{ path: 'name' }] });
  });

  test('a rename reaches the rows of its applications; one in use cannot go', async () => {
    const app = await registry.application();
    const name = named('renamed');
    await updateCluster(registry.admin, { id: app.cluster.id, change: { name } });
    expect(await getApplication(registry.viewer, app)).toMatchObject({ clusterName: name });
    const state = await registry.database.prisma.applicationState.findUniqueOrThrow({
      where: { applicationId: app.id },
    });
    expect(state.searchText).toContain(name);
    await expect(deleteCluster(registry.admin, app.cluster)).rejects.toThrow(app.name);
    await deleteApplication(registry.admin, app);
    await deleteCluster(registry.admin, app.cluster);
    expect(await registry.database.prisma.clusterCredential.count({ where: { clusterId: app.cluster.id } })).toBe(0);
    expect(await registry.events('cluster.delete', app.cluster.id)).toHaveLength(1);
  });

  test('a new credential replaces the old one and what was known of the connection', async () => {
    const { id } = await registry.cluster();
    await registry.database.prisma.cluster.update({ where: { id }, data: { status: 'silent', lastError: 'x' } });
    const view = await rotateClusterCredential(registry.admin, {
      id,
      endpoint: { credential: { kind: 'token', token: 'next' } },
    });
    expect(view).toMatchObject({ status: 'unknown', lastError: null, server: 'https://k8s.example:6443' });
    expect((await clusterEndpoint(registry.admin, id)).credential).toEqual({ kind: 'token', token: 'next' });
    expect(await registry.events('credential.rotate', id)).toHaveLength(1);
  });

  test('a kubeconfig shows contexts without credentials, and registers all chosen or none', async () => {
    const [one, two] = [named('one'), named('two')];
    const user = (name: string) => `- {name: ${name}, user: {token: kubeconfig-secret}}`;
    const kubeconfig = [
      'apiVersion: v1\nkind: Config',
      'clusters:\n- {name: c, cluster: {server: "https://k8s.example"}}',
      `users:\n${user('u')}`,
      'contexts:\n- {name: a, context: {cluster: c, user: u}}\n- {name: b, context: {cluster: c, user: u}}',
    ].join('\n');
    const shown = await readKubeconfig(registry.admin, { kubeconfig });
    expect(shown.contexts.map((context) => context.name)).toEqual(['a', 'b']);
    expect(JSON.stringify(shown)).not.toContain('kubeconfig-secret');
    const chosen = (second: string) => [
      { context: 'a', name: one },
      { context: second, name: two },
    ];
    await expect(importKubeconfig(registry.admin, { kubeconfig, contexts: chosen('missing') })).rejects.toMatchObject({
      code: 'invalid',
    });
    expect(await registry.database.prisma.cluster.count({ where: { name: one } })).toBe(0);
    const views = await importKubeconfig(registry.admin, { kubeconfig, contexts: chosen('b') });
    expect(views.map((view) => view.name)).toEqual([one, two]);
  });
});
