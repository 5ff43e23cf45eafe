import { deepEqual, isObject, valueAt } from '../resource/json.ts';
import { type JsonValue, type Manifest, parseApiVersion } from '../resource/manifest.ts';
import { compareQuantities } from '../resource/quantity.ts';
import { resolveSchema } from '../schema/navigate.ts';
import type { SchemaNode } from '../schema/types.ts';
import type { Difference } from './difference.ts';
import type { KindSchema } from './field-schema.ts';
import { coversPath } from './path-match.ts';
import { parsePath, type PathStep } from './paths.ts';

/** A field that only a new object can have otherwise. */
export interface ImmutableField {
  /** As in the difference: `spec.selector.matchLabels.app`. */
  path: string;
  /** Plain words, without a full stop. */
  why: string;
}

interface Rule {
  group: string;
  kinds: readonly string[];
  /** Patterns of path-match.ts; what lies below is meant too. */
  paths: readonly string[];
  /** Patterns that stay changeable below those. */
  but?: readonly string[];
  why: string;
  /** It holds only where this is so. */
  when?: (change: Change) => boolean;
}

interface Change {
  live: Manifest;
  desired: Manifest;
  difference: Difference;
}

const BOTH_SET = ({ difference }: Change): boolean => isSet(difference.desired) && isSet(difference.live);
const isSet = (value: JsonValue | undefined): boolean => value !== undefined && value !== null && value !== '';
const IS_FROZEN = ({ live }: Change): boolean => live['immutable'] === true;

/** Template fields that a Job which was suspended before it began may still change. */
const JOB_SCHEDULING = ['nodeSelector', 'tolerations', 'schedulingGates', 'affinity'].map(
  (field) => `spec.template.spec.${field}`,
);
const isUnbegunJob = ({ live }: Change): boolean =>
  valueAt(live, 'spec', 'suspend') === true && valueAt(live, 'status', 'startTime') === undefined;

/** Live or the earlier manifest, and what is wanted instead; both masked. */
export interface ReplaceInput {
  live: Manifest;
  desired: Manifest;
  differences: readonly Difference[];
  /** Null where it is not known: then no rule of a custom kind is. */
  schema?: KindSchema | null;
}

/** What the built-in kinds refuse to change. The lists are those of the API server's own update validation. */
const RULES: readonly Rule[] = [
  {
    group: 'apps',
    kinds: ['Deployment', 'ReplicaSet', 'DaemonSet'],
    paths: ['spec.selector'],
    why: 'which pods it owns is settled when it is made',
  },
  {
    group: 'apps',
    kinds: ['StatefulSet'],
    paths: ['spec.selector', 'spec.serviceName', 'spec.podManagementPolicy', 'spec.volumeClaimTemplates'],
    why: 'a StatefulSet only changes its replicas, template, update strategy and retention',
  },
  { group: 'apps', kinds: ['ControllerRevision'], paths: ['data'], why: 'a revision is a record' },
  {
    group: 'batch',
    kinds: ['Job'],
    paths: ['spec.selector', 'spec.completionMode', 'spec.podFailurePolicy', 'spec.backoffLimitPerIndex'],
    why: 'a Job keeps what it was made with',
  },
  {
    group: 'batch',
    kinds: ['Job'],
    paths: ['spec.template'],
    why: 'a Job keeps its template; give it another name or make it anew',
    when: (change) =>
      !isUnbegunJob(change) || !covered(change.difference.path, [...JOB_SCHEDULING, 'spec.template.metadata']),
  },
  {
    group: '',
    kinds: ['Service'],
    paths: ['spec.clusterIP', 'spec.clusterIPs'],
    why: 'a Service keeps its address',
    when: (change) => BOTH_SET(change) && !isExternalName(change.live) && !isExternalName(change.desired),
  },
  {
    group: '',
    kinds: ['PersistentVolumeClaim'],
    paths: ['spec'],
    but: ['spec.resources', 'spec.volumeAttributesClassName'],
    why: 'a claim keeps everything but its size once it is made',
  },
  {
    group: '',
    kinds: ['PersistentVolume'],
    paths: ['spec.csi', 'spec.nfs', 'spec.hostPath', 'spec.local', 'spec.iscsi', 'spec.fc', 'spec.volumeMode'],
    why: 'a volume keeps its source',
  },
  {
    group: '',
    kinds: ['PersistentVolume'],
    paths: ['spec.nodeAffinity'],
    why: 'a volume keeps its place',
    when: BOTH_SET,
  },
  {
    group: '',
    kinds: ['ConfigMap', 'Secret'],
    paths: ['data', 'binaryData', 'immutable'],
    why: 'it is marked `immutable: true`',
    when: IS_FROZEN,
  },
  { group: '', kinds: ['Secret'], paths: ['type'], why: 'a Secret keeps its type', when: BOTH_SET },
  {
    group: 'rbac.authorization.k8s.io',
    kinds: ['RoleBinding', 'ClusterRoleBinding'],
    paths: ['roleRef'],
    why: 'a binding keeps its role',
  },
  {
    group: 'storage.k8s.io',
    kinds: ['StorageClass'],
    paths: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
    why: 'a storage class keeps how it provisions',
  },
  {
    group: 'storage.k8s.io',
    kinds: ['VolumeAttributesClass'],
    paths: ['driverName', 'parameters'],
    why: 'it keeps its driver and parameters',
  },
  {
    group: 'scheduling.k8s.io',
    kinds: ['PriorityClass'],
    paths: ['value', 'preemptionPolicy'],
    why: 'pods were admitted with it',
  },
  { group: 'node.k8s.io', kinds: ['RuntimeClass'], paths: ['handler'], why: 'a runtime class keeps its handler' },
  { group: 'networking.k8s.io', kinds: ['IngressClass'], paths: ['spec.controller'], why: 'it keeps its controller' },
  { group: 'discovery.k8s.io', kinds: ['EndpointSlice'], paths: ['addressType'], why: 'it keeps its address type' },
  {
    group: 'apiextensions.k8s.io',
    kinds: ['CustomResourceDefinition'],
    paths: ['spec.group', 'spec.scope', 'spec.names.plural', 'spec.names.kind'],
    why: 'objects are stored under it',
  },
];

/**
 * The differences that no update can bring about: by the table of built-in kinds, a claim that would shrink, and rules of a
 * custom kind's schema that say `self == oldSelf`. Differences are those of a comparison (masked values do). Empty = nothing known
 * stands in the way; the server's dry run has the last word ({@link refusedFields}).
 */
export function needsReplace({ live, desired, differences, schema = null }: ReplaceInput): ImmutableField[] {
  const { group } = parseApiVersion(desired.apiVersion);
  const rules = RULES.filter((rule) => rule.group === group && rule.kinds.includes(desired.kind));
  return differences.flatMap((difference): ImmutableField[] => {
    const { path } = difference;
    const change = { live, desired, difference };
    const rule = rules.find(
      ({ paths, but = [], when }) => covered(path, paths) && !covered(path, but) && when?.(change) !== false,
    );
    const why = rule?.why ?? shrinks(change) ?? frozenBySchema(difference, schema);
    return why === null ? [] : [{ path, why }];
  });
}

function covered(path: string, patterns: readonly string[]): boolean {
  const steps = parsePath(path);
  return steps !== null && patterns.some((pattern) => coversPath(pattern, steps));
}

const isExternalName = (service: Manifest): boolean => valueAt(service, 'spec', 'type') === 'ExternalName';

function shrinks({ desired, difference }: Change): string | null {
  if (desired.kind !== 'PersistentVolumeClaim' || difference.path !== 'spec.resources.requests.storage') return null;
  const { desired: wanted, live: found } = difference;
  if (typeof wanted !== 'string' || typeof found !== 'string') return null;
  return compareQuantities(wanted, found) === -1 ? 'a claim can grow, not shrink' : null;
}

/** The rule stands on the field itself or on something above it, and speaks only of values that were there before. */
function frozenBySchema({ path, desired, live }: Difference, schema: KindSchema | null): string | null {
  const steps = parsePath(path);
  if (schema === null || steps === null || deepEqual(desired, live)) return null;
  let node: SchemaNode | undefined = schema.root;
  for (const [index, step] of steps.entries()) {
    node = below(resolveSchema(node, schema.definitions), step);
    if (node === undefined) return null;
    const resolved = resolveSchema(node, schema.definitions);
    const isLeaf = index === steps.length - 1;
    if (isFrozen(resolved) && (!isLeaf || (desired !== undefined && live !== undefined)))
      return 'its definition says that this field cannot change';
  }
  return null;
}

function below(node: SchemaNode, step: PathStep): SchemaNode | undefined {
  if (!('field' in step)) return node.items;
  const { properties, additionalProperties: rest } = node;
  if (properties !== undefined && Object.hasOwn(properties, step.field)) return properties[step.field];
  return typeof rest === 'object' ? rest : undefined;
}

const SAME = /^\s*(self\s*==\s*oldSelf|oldSelf\s*==\s*self)\s*$/;

function isFrozen(node: SchemaNode): boolean {
  const rules = node['x-kubernetes-validations'];
  if (!Array.isArray(rules)) return false;
  return rules.some((rule) => isObject(rule) && typeof rule['rule'] === 'string' && SAME.test(rule['rule']));
}

const REFUSED =
  /(?:^|[\s[,(])([a-z][\w.[\]"=-]*): (Invalid value|Forbidden): (?:(?!: (?:Invalid value|Forbidden): ).)*?(immutable|may not be changed|may not change|cannot be changed|not be less than|are forbidden)/gi;

/**
 * The fields that the server's own words (a 422) say cannot be changed, in the server's writing (`spec.selector`). `words` are masked.
 * Empty where the refusal is about something else.
 */
export function refusedFields(words: string): ImmutableField[] {
  const found = new Map<string, ImmutableField>();
  for (const [, path = ''] of words.matchAll(REFUSED))
    found.set(path, { path, why: 'the cluster refuses to change it' });
  return [...found.values()];
}
