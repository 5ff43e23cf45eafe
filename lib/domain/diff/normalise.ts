import { isObject, mapMembers, omit } from '../resource/json.ts';
import { type Manifest, type ObjectMeta, parseApiVersion } from '../resource/manifest.ts';
import { TRACKING_ANNOTATION } from '../resource/tracking.ts';
import { isSecret, LAST_APPLIED_ANNOTATION } from './mask.ts';

/** Written by the API server alone; nobody can declare them. */
const SERVER_FIELDS = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'selfLink',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'generateName',
] as const;
const OWN_ANNOTATIONS = [TRACKING_ANNOTATION, LAST_APPLIED_ANNOTATION] as const;
const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** What a person can declare of a live object: no status, no server-set metadata, no bookkeeping annotations, no empty maps. */
export function normaliseLive(manifest: Manifest): Manifest {
  return normalise(manifest, manifest.metadata.namespace);
}

/**
 * A rendered object as an apply would send it: the application's namespace where none is written (`namespaced`),
 * none where the kind has none; no status; the same folding of Secrets and roles as for live objects.
 */
export function normaliseDesired(
  manifest: Manifest,
  where: { defaultNamespace: string; namespaced: boolean },
): Manifest {
  const written = manifest.metadata.namespace;
  return normalise(manifest, where.namespaced ? written || where.defaultNamespace : undefined);
}

function normalise(manifest: Manifest, namespace: string | undefined): Manifest {
  const { status: _status, ...rest } = manifest;
  const normal: Manifest = { ...rest, metadata: normaliseMetadata(manifest.metadata, namespace) };
  if (isSecret(manifest)) return normaliseSecret(normal);
  if (parseApiVersion(manifest.apiVersion).group === RBAC_GROUP) return normaliseRole(normal);
  return normal;
}

function normaliseMetadata(metadata: ObjectMeta, namespace: string | undefined): ObjectMeta {
  const normal: ObjectMeta = { name: metadata.name };
  if (namespace) normal.namespace = namespace;
  for (const [field, value] of Object.entries(metadata)) {
    if (field === 'name' || field === 'namespace' || value === undefined || value === null) continue;
    if (SERVER_FIELDS.some((name) => name === field)) continue;
    const kept = field === 'annotations' && isObject(value) ? omit(value, OWN_ANNOTATIONS) : value;
    if (isHollow(kept)) continue;
    normal[field] = kept;
  }
  return normal;
}

/** The server folds `stringData` into `data`; masked manifests are folded already and hold `data` alone. */
function normaliseSecret(manifest: Manifest): Manifest {
  const { stringData, ...rest } = manifest;
  if (!isObject(stringData)) return rest;
  const plain = mapMembers(stringData, (value) => (typeof value === 'string' ? utf8Base64(value) : value));
  return { ...rest, data: { ...(isObject(rest['data']) ? rest['data'] : {}), ...plain } };
}

/** `rules: null` and `rules: []` are the same; an aggregated role's rules are written by the controller. */
function normaliseRole(manifest: Manifest): Manifest {
  const { rules, ...rest } = manifest;
  if (rules === undefined) return manifest;
  return isObject(manifest['aggregationRule']) || rules === null || (Array.isArray(rules) && rules.length === 0)
    ? rest
    : manifest;
}

function isHollow(value: unknown): boolean {
  return (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);
}

function utf8Base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
