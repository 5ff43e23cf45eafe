import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKubernetesAdapter } from '#lib/adapters/kubernetes/kubernetes-adapter.ts';
import { unpackTools } from '#lib/adapters/render/unpack-tools.ts';
import type { ApiKind, ClusterEndpoint, ClusterClient, ObjectRef } from '#lib/ports/cluster.ts';
import { rbacManifest } from '#lib/services/clusters/rbac.ts';
import { eventually } from '../controlplane/api-client.ts';
import { type ControlPlane, startControlPlane } from '../controlplane/control-plane.ts';
import { controlPlaneAvailable } from '../controlplane/programs.ts';

const run = promisify(execFile);
const available = await controlPlaneAvailable();

describe.skipIf(!available.ok)(`the roles we ask for${available.ok ? '' : ` (${available.reason})`}`, () => {
  let folder: string;
  let plane: ControlPlane;
  let kubectl: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'quarterdeck-rbac-'));
    [plane, { kubectl }] = await Promise.all([
      startControlPlane({ name: 'rbac' }),
      unpackTools(path.join(folder, 'tools')),
    ]);
  });
  afterAll(async () => {
    await plane?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const administer = async (...args: string[]) =>
    (await run(kubectl, ['--kubeconfig', plane.kubeconfigPath, ...args])).stdout;

  /** What an administrator does with the manifest: applies it, and reads the token as its first lines say. */
  async function grant(access: 'read-only' | 'full'): Promise<ClusterEndpoint> {
    const file = path.join(folder, `${access}.yaml`);
    await writeFile(file, rbacManifest(access));
    await administer('apply', '--server-side', '-f', file);
    const token = await eventually('the token', async () => {
      const data = await administer(
        '-n',
        'quarterdeck',
        'get',
        'secret',
        'quarterdeck-token',
        '-o',
        'jsonpath={.data.token}',
      );
      return data === '' ? undefined : Buffer.from(data, 'base64').toString('utf8');
    });
    return { server: plane.server, caData: plane.caData, credential: { kind: 'token', token } };
  }

  async function kindOf(client: ClusterClient, wanted: string): Promise<ApiKind> {
    const found = (await client.discover()).find(({ kind, group }) => `${kind}.${group}` === wanted);
    if (!found) throw new Error(`${wanted} is not served`);
    return found;
  }

  const adapter = createKubernetesAdapter({ allowExecPlugins: false });
  const results = async (endpoint: ClusterEndpoint, wantWrite: boolean) =>
    (await adapter.test(endpoint, { wantWrite })).checks.map(({ name, result, message }) =>
      result === 'failed' ? `${name}: ${message}` : `${name} ${result}`,
    );
  const FINE = ['dns ok', 'tcp ok', 'tls ok', 'authentication ok', 'version ok', 'can-list ok', 'can-apply ok'];
  const options = { fieldManager: 'quarterdeck', force: false, dryRun: false };
  const config = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } });

  test('read-only lists and watches everything, and changes nothing', async () => {
    const endpoint = await grant('read-only');
    expect(await results(endpoint, false)).toEqual(FINE);
    expect((await results(endpoint, true)).at(-1)).toMatch(/^can-apply: the credential may not create/);
    const client = adapter.connect(endpoint);
    const kinds = (await client.discover()).filter(({ verbs }) => verbs.includes('list') && verbs.includes('watch'));
    const pages = await Promise.all(kinds.map((kind) => client.list(kind, { limit: 1, metadataOnly: true })));
    expect(pages).toHaveLength(kinds.length);
    expect(kinds.length).toBeGreaterThan(40);
    expect(await client.openApi('apis/apps/v1')).not.toBeNull();
    const kind = await kindOf(client, 'ConfigMap.');
    const ref: ObjectRef = { kind, namespace: 'default', name: 'not-ours' };
    await expect(client.apply(ref, config(ref.name), options)).rejects.toMatchObject({ reason: 'forbidden' });
    await expect(client.remove({ ...ref, name: 'kube-root-ca.crt' }, {})).rejects.toMatchObject({
      reason: 'forbidden',
    });
    await client.close();
  });

  test('full also applies, sees what it applied in a watch, and prunes', async () => {
    const endpoint = await grant('full');
    expect(await results(endpoint, true)).toEqual(FINE);
    const client = adapter.connect(endpoint);
    const kind = await kindOf(client, 'ConfigMap.');
    const ref: ObjectRef = { kind, namespace: 'default', name: 'ours' };
    const { resourceVersion } = await client.list(kind, { namespace: 'default' });
    const abort = new AbortController();
    const seen: string[] = [];
    const watching = (async () => {
      for await (const event of client.watch(kind, { namespace: 'default', resourceVersion }, abort.signal)) {
        if (event.type === 'bookmark' || event.object.metadata.name !== ref.name) continue;
        seen.push(event.type);
        if (event.type === 'deleted') return;
      }
    })();
    await client.apply(ref, config(ref.name), { ...options, dryRun: true });
    await client.apply(ref, config(ref.name), options);
    const role = await kindOf(client, 'Role.rbac.authorization.k8s.io');
    await client.apply(
      { kind: role, namespace: 'default', name: 'reader' },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'reader', namespace: 'default' },
        rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }],
      },
      options,
    );
    await client.remove(ref, {});
    await watching;
    abort.abort();
    expect(seen).toEqual(['added', 'deleted']);
    await client.close();
  });
});
