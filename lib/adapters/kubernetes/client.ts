import { isObject, listAt, textAt } from '#lib/domain/resource/json.ts';
import { secretTexts } from '#lib/domain/diff/mask.ts';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import type { Propagation } from '#lib/domain/sync/options.ts';
import {
  type ApiKind,
  type ApplyOptions,
  type CallOptions,
  type ClusterClient,
  ClusterError,
  type ListPage,
  type ObjectRef,
  type WriteOptions,
} from '#lib/ports/cluster.ts';
import { discoverKinds } from './discovery.ts';
import { readOpenApi } from './openapi.ts';
import { ACCEPT, APPLY_TYPE, describeKind, describeRef, kindPath, objectPath } from './requests.ts';
import type { Transport } from './transport.ts';
import { asManifest, watchKind } from './watch.ts';

const PAGE = 500;
type ListQuery = Parameters<ClusterClient['list']>[1];

function manifestOrThrow(raw: unknown, kind: ApiKind, what: string): Manifest {
  const manifest = asManifest(raw, kind);
  if (manifest) return manifest;
  throw new ClusterError('server', `Cannot ${what}: the answer is no Kubernetes object`);
}

async function getObject(transport: Transport, ref: ObjectRef, options: CallOptions | undefined) {
  const what = `read ${describeRef(ref)}`;
  try {
    const raw = await transport.json({
      what,
      method: 'GET',
      path: objectPath(ref),
      repeatable: true,
      options,
      timeoutMs: transport.settings.timeoutMs,
    });
    return manifestOrThrow(raw, ref.kind, what);
  } catch (error) {
    if (error instanceof ClusterError && error.reason === 'not-found') return null;
    throw error;
  }
}

async function listPage(
  transport: Transport,
  { kind, query }: { kind: ApiKind; query: ListQuery },
  options: CallOptions | undefined,
): Promise<ListPage> {
  const what = `list ${describeKind(kind, query.namespace)}`;
  const raw = await transport.json({
    what,
    method: 'GET',
    path: kindPath(kind, query.namespace),
    query: {
      limit: String(Math.min(Math.max(query.limit ?? PAGE, 1), PAGE)),
      continue: query.continueToken,
      labelSelector: query.labelSelector,
      fieldSelector: query.fieldSelector,
    },
    accept: query.metadataOnly === true ? ACCEPT.list : ACCEPT.json,
    repeatable: true,
    options,
    timeoutMs: transport.settings.listTimeoutMs,
  });
  if (!isObject(raw) || !isObject(raw['metadata']))
    throw new ClusterError('server', `Cannot ${what}: the answer is no Kubernetes list`);
  return {
    items: listAt(raw, 'items').flatMap((item) => asManifest(item, kind) ?? []),
    resourceVersion: textAt(raw, 'metadata', 'resourceVersion'),
    continueToken: textAt(raw, 'metadata', 'continue') || undefined,
  };
}

/**
 * Strict field validation, on dry run and for real alike: an unknown field would be dropped by the server, so the
 * object could never become equal to Git. The error names the field; kubectl's own default is the same.
 */
async function applyObject(
  transport: Transport,
  { ref, manifest }: { ref: ObjectRef; manifest: Manifest },
  options: ApplyOptions,
): Promise<Manifest> {
  const what = `${options.dryRun ? 'dry-run' : 'apply'} ${describeRef(ref)}`;
  const raw = await transport.json({
    what,
    method: 'PATCH',
    path: objectPath(ref),
    query: {
      fieldManager: options.fieldManager,
      force: options.force ? 'true' : 'false',
      fieldValidation: options.validate === false ? 'Ignore' : 'Strict',
      dryRun: options.dryRun ? 'All' : undefined,
    },
    contentType: APPLY_TYPE,
    body: JSON.stringify(manifest),
    secrets: secretTexts(manifest),
    repeatable: true,
    options,
    timeoutMs: transport.settings.timeoutMs,
  });
  return manifestOrThrow(raw, ref.kind, what);
}

/** Over the resource version given, else the one read just before: many kinds take no update without one. */
async function replaceObject(
  transport: Transport,
  { ref, manifest }: { ref: ObjectRef; manifest: Manifest },
  options: WriteOptions,
): Promise<Manifest> {
  const what = `${options.dryRun ? 'dry-run' : 'replace'} ${describeRef(ref)}`;
  const isGuarded = manifest.metadata.resourceVersion !== undefined;
  const live = isGuarded ? manifest : await getObject(transport, ref, options);
  const { resourceVersion, uid } = live?.metadata ?? {};
  const metadata = { ...manifest.metadata, ...(live ? { resourceVersion, uid } : {}) };
  const raw = await transport.json({
    what,
    method: live ? 'PUT' : 'POST',
    path: live ? objectPath(ref) : kindPath(ref.kind, ref.namespace),
    query: {
      fieldManager: options.fieldManager,
      fieldValidation: options.validate === false ? 'Ignore' : 'Strict',
      dryRun: options.dryRun ? 'All' : undefined,
    },
    contentType: ACCEPT.json,
    body: JSON.stringify({ ...manifest, metadata }),
    secrets: secretTexts(manifest),
    repeatable: false,
    options,
    timeoutMs: transport.settings.timeoutMs,
  });
  return manifestOrThrow(raw, ref.kind, what);
}

const POLICIES = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' } as const;

async function removeObject(
  transport: Transport,
  ref: ObjectRef,
  options: CallOptions & { uid?: string; dryRun?: boolean; propagation?: Propagation },
): Promise<void> {
  try {
    await transport.json({
      what: `delete ${describeRef(ref)}`,
      method: 'DELETE',
      path: objectPath(ref),
      body: JSON.stringify({
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: POLICIES[options.propagation ?? 'background'],
        ...(options.uid === undefined ? {} : { preconditions: { uid: options.uid } }),
        ...(options.dryRun === true ? { dryRun: ['All'] } : {}),
      }),
      repeatable: options.uid !== undefined,
      options,
      timeoutMs: transport.settings.timeoutMs,
    });
  } catch (error) {
    if (!(error instanceof ClusterError) || error.reason !== 'not-found') throw error;
  }
}

async function readVersion(transport: Transport, options: CallOptions | undefined): Promise<string> {
  const what = 'read the version of the API server';
  const raw = await transport.json({
    what,
    method: 'GET',
    path: '/version',
    repeatable: true,
    options,
    timeoutMs: transport.settings.timeoutMs,
  });
  const version = textAt(raw, 'gitVersion');
  if (/^v\d[\w.+-]{0,100}$/.test(version)) return version;
  throw new ClusterError('server', `Cannot ${what}: this is not the answer of a Kubernetes API server`);
}

/** A client over one transport. */
export function createClient(transport: Transport): ClusterClient {
  return {
    version: (options) => readVersion(transport, options),
    discover: (options) => discoverKinds(transport, options),
    openApi: (path, options) => readOpenApi(transport, path, options),
    get: (ref, options) => getObject(transport, ref, options),
    list: (kind, query, options) => listPage(transport, { kind, query }, options),
    watch: (kind, query, signal) => watchKind(transport, { kind, query }, signal),
    apply: (ref, manifest, options) => applyObject(transport, { ref, manifest }, options),
    replace: (ref, manifest, options) => replaceObject(transport, { ref, manifest }, options),
    remove: (ref, options) => removeObject(transport, ref, options),
    close: () => transport.close(),
  };
}
