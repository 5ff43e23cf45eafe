import type { JsonObject, Manifest } from '#lib/domain/resource/manifest.ts';
import type { Propagation } from '#lib/domain/sync/options.ts';

/** How to authenticate. Never logged, never returned by an API; encrypted at rest. */
export type ClusterCredential =
  | { kind: 'token'; token: string }
  | { kind: 'client-certificate'; certificate: string; key: string }
  | { kind: 'exec'; command: string; args: string[]; env: Record<string, string>; apiVersion: string }
  | { kind: 'in-cluster' };

export interface ClusterEndpoint {
  /** https URL of the API server, no userinfo. */
  server: string;
  /** PEM bundle; absent = the system's roots. */
  caData?: string;
  tlsServerName?: string;
  insecureSkipTlsVerify?: boolean;
  credential: ClusterCredential;
}

/** One served kind, from discovery (preferred version per group first). */
export interface ApiKind {
  group: string;
  version: string;
  kind: string;
  plural: string;
  namespaced: boolean;
  verbs: string[];
  subresources: string[];
}

/** Where an object lives on the API: the kind plus namespace ('' when cluster-scoped) and name. */
export interface ObjectRef {
  kind: ApiKind;
  namespace: string;
  name: string;
}

/** Why a call failed, as the caller must treat it. */
export type ClusterErrorReason =
  | 'unreachable' // DNS, TCP, connection reset
  | 'timeout'
  | 'tls' // untrusted, expired, wrong name
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict' // 409, with `conflicts` for field managers
  | 'invalid' // 422 and 400
  | 'gone' // 410: relist
  | 'throttled' // 429
  | 'server'; // everything else

/** One field another manager owns. */
export interface FieldConflict {
  manager: string;
  field: string;
}

/** The one error a ClusterClient throws. `message` is masked and names the object and the cluster's own words. */
export class ClusterError extends Error {
  readonly reason: ClusterErrorReason;
  readonly status: number | undefined;
  readonly conflicts: FieldConflict[];
  constructor(
    reason: ClusterErrorReason,
    message: string,
    detail: { status?: number; conflicts?: FieldConflict[]; cause?: unknown } = {},
  ) {
    super(message, { cause: detail.cause });
    this.name = 'ClusterError';
    this.reason = reason;
    this.status = detail.status;
    this.conflicts = detail.conflicts ?? [];
  }
}

export interface ConnectionCheck {
  name: 'dns' | 'tcp' | 'tls' | 'authentication' | 'version' | 'can-list' | 'can-apply';
  result: 'ok' | 'failed' | 'skipped';
  message: string;
  /** Milliseconds. */
  latencyMs: number;
}

export type WatchEvent =
  | { type: 'added' | 'modified' | 'deleted'; object: Manifest }
  | { type: 'bookmark'; resourceVersion: string };

export interface ListPage {
  items: Manifest[];
  resourceVersion: string;
  continueToken: string | undefined;
}

export interface CallOptions {
  signal?: AbortSignal;
  /** Milliseconds; every call has a default. */
  timeoutMs?: number;
}

export interface WriteOptions extends CallOptions {
  fieldManager: string;
  dryRun: boolean;
  /** False lets fields pass that the server does not know; it drops them. */
  validate?: boolean;
}

export interface ApplyOptions extends WriteOptions {
  force: boolean;
}

/** One connection to one cluster: pooled, with timeouts on every call. Throws {@link ClusterError} only. */
export interface ClusterClient {
  /** gitVersion, such as `v1.36.3`. */
  version(options?: CallOptions): Promise<string>;
  discover(options?: CallOptions): Promise<ApiKind[]>;
  /** The reduced OpenAPI v3 document of one group version (`apis/apps/v1`, `api/v1`), or null where not served. */
  openApi(path: string, options?: CallOptions): Promise<JsonObject | null>;
  get(ref: ObjectRef, options?: CallOptions): Promise<Manifest | null>;
  list(
    kind: ApiKind,
    query: {
      namespace?: string;
      labelSelector?: string;
      fieldSelector?: string;
      limit?: number;
      continueToken?: string;
      metadataOnly?: boolean;
    },
    options?: CallOptions,
  ): Promise<ListPage>;
  /** Streams from `resourceVersion` until the signal aborts or the server ends it; throws ClusterError 'gone' when too old. */
  watch(
    kind: ApiKind,
    query: { namespace?: string; resourceVersion: string; metadataOnly?: boolean },
    signal: AbortSignal,
  ): AsyncIterable<WatchEvent>;
  /** Server-side apply. Answers the object as stored (or as it would be, on dry run). */
  apply(ref: ObjectRef, manifest: Manifest, options: ApplyOptions): Promise<Manifest>;
  /**
   * Puts a whole object in place of the live one, whatever others wrote, or where there is none; one with a
   * `resourceVersion` only in place of that. ClusterError 'conflict' when somebody writes in the same moment.
   */
  replace(ref: ObjectRef, manifest: Manifest, options: WriteOptions): Promise<Manifest>;
  /** Deletes, in the background unless told otherwise; `uid` guards against a namesake. Absent = already gone, not an error. */
  remove(
    ref: ObjectRef,
    options: CallOptions & { uid?: string; dryRun?: boolean; propagation?: Propagation },
  ): Promise<void>;
  close(): Promise<void>;
}

export interface ClusterPort {
  connect(endpoint: ClusterEndpoint): ClusterClient;
  /** Runs the named checks in order; those after a failed one are 'skipped'. Never throws. */
  test(
    endpoint: ClusterEndpoint,
    options: CallOptions & { wantWrite: boolean },
  ): Promise<{ checks: ConnectionCheck[]; version: string | undefined }>;
}
