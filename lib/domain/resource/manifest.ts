/** Any JSON value. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
}

/** One entry of `metadata.managedFields`; `fieldsV1` is Kubernetes' own nested `f:`/`k:`/`v:` set. */
export interface ManagedFieldsEntry {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion?: string;
  time?: string;
  subresource?: string;
  fieldsType?: string;
  fieldsV1?: JsonObject;
}

export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string | null;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
  managedFields?: ManagedFieldsEntry[];
  [field: string]: unknown;
}

/** A Kubernetes object as it is written or read; everything beside the typed fields is JSON. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
}

/** Identity of an object inside one cluster. `group` is '' for core, `namespace` is '' for cluster-scoped kinds. */
export interface ObjectKey {
  group: string;
  kind: string;
  namespace: string;
  name: string;
}

/** Group and version of an `apiVersion`: `apps/v1` → apps, v1; `v1` → '', v1. */
export function parseApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

export function objectKeyOf(manifest: Manifest): ObjectKey {
  return {
    group: parseApiVersion(manifest.apiVersion).group,
    kind: manifest.kind,
    namespace: manifest.metadata.namespace ?? '',
    name: manifest.metadata.name,
  };
}

/** Canonical text of a key: `group/Kind/namespace/name`, empty parts kept. Names cannot contain a slash, so it parses back. */
export function formatObjectKey(key: ObjectKey): string {
  return `${key.group}/${key.kind}/${key.namespace}/${key.name}`;
}

/** The reverse of {@link formatObjectKey}; null when the text is not a key. */
export function parseObjectKey(text: string): ObjectKey | null {
  const [group, kind, namespace, name, ...rest] = text.split('/');
  if (group === undefined || !kind || namespace === undefined || !name || rest.length > 0) return null;
  return { group, kind, namespace, name };
}

/** What a person reads: `Deployment web` or `Deployment shop/web` when the namespace matters. */
export function describeObjectKey(key: ObjectKey, homeNamespace?: string): string {
  const prefix = key.namespace !== '' && key.namespace !== homeNamespace ? `${key.namespace}/` : '';
  return `${key.kind} ${prefix}${key.name}`;
}
