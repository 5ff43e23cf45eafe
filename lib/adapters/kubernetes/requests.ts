import { type ApiKind, ClusterError, type ObjectRef } from '#lib/ports/cluster.ts';

const JSON_TYPE = 'application/json';
const PARTIAL = 'g=meta.k8s.io;v=v1,application/json';

/** Accept headers of the API: whole objects, or their metadata alone. */
export const ACCEPT = {
  json: JSON_TYPE,
  list: `${JSON_TYPE};as=PartialObjectMetadataList;${PARTIAL}`,
  watch: `${JSON_TYPE};as=PartialObjectMetadata;${PARTIAL}`,
  discovery: ['v2', 'v2beta1']
    .map((version) => `${JSON_TYPE};g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
    .concat(JSON_TYPE)
    .join(','),
} as const;

export const APPLY_TYPE = 'application/apply-patch+yaml';

const groupPath = (kind: ApiKind) =>
  kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;

/** One part of a path; refuses what would mean another path. */
function segment(text: string, what: string): string {
  if (text === '' || text === '.' || text === '..' || /[/%\\?#]/.test(text))
    throw new ClusterError(
      'invalid',
      `${JSON.stringify(text.slice(0, 100))} cannot be the ${what} of a Kubernetes object`,
    );
  return encodeURIComponent(text);
}

/** Path of a kind, in one namespace or over all. Errors: ClusterError 'invalid'. */
export function kindPath(kind: ApiKind, namespace: string | undefined): string {
  const inside = kind.namespaced && namespace ? `/namespaces/${segment(namespace, 'namespace')}` : '';
  return `${groupPath(kind)}${inside}/${segment(kind.plural, 'plural')}`;
}

/** Path of one object. Errors: ClusterError 'invalid', also where a namespaced kind comes without a namespace. */
export function objectPath(ref: ObjectRef): string {
  if (ref.kind.namespaced && ref.namespace === '')
    throw new ClusterError('invalid', `${ref.kind.kind} ${ref.name} lives in a namespace, and none is given`);
  return `${kindPath(ref.kind, ref.namespace)}/${segment(ref.name, 'name')}`;
}

/** What a person reads: `Deployment shop/web`. */
export const describeRef = (ref: ObjectRef): string =>
  `${ref.kind.kind} ${ref.kind.namespaced && ref.namespace !== '' ? `${ref.namespace}/` : ''}${ref.name}`;

export const describeKind = (kind: ApiKind, namespace: string | undefined): string =>
  `${kind.plural}${kind.group === '' ? '' : `.${kind.group}`}${namespace ? ` in ${namespace}` : ''}`;
