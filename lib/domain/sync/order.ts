import { hookOf } from '../resource/hook.ts';
import { type Manifest, objectKeyOf } from '../resource/manifest.ts';

/** Kinds in the order they are applied; a kind that is not here comes last. Pruned the other way round. */
export const KIND_ORDER = [
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodSecurityPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
] as const;

const RANKS: ReadonlyMap<string, number> = new Map(KIND_ORDER.map((kind, index) => [kind, index]));
const WAVE_ANNOTATIONS = ['quarterdeck.dev/sync-wave', 'argocd.argoproj.io/sync-wave', 'helm.sh/hook-weight'] as const;

/** The moments of a sync and of a deletion. What is kept as Git has it belongs to `Sync`; only hooks belong to the others. */
export const SYNC_PHASES = ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'PreDelete', 'PostDelete'] as const;
export type SyncPhase = (typeof SYNC_PHASES)[number];

/** What is ordered: an object, or one run of a hook. */
export interface Ordered {
  manifest: Manifest;
  phase: SyncPhase;
}

/** Objects that are applied together: side by side inside a step, step after step inside a wave, wave after wave. */
export interface Wave<Item> {
  phase: SyncPhase;
  wave: number;
  /** One step per kind rank. */
  steps: Item[][];
}

/** What an operation does to an application as a whole. */
export type Undertaking = 'sync' | 'deletion';

const isOfDeletion = (phase: SyncPhase) => phase === 'PreDelete' || phase === 'PostDelete';

/** The runs of a hook in a sync or in a deletion; none for hooks of other moments, and null for what is no hook. */
export function runsOf(manifest: Manifest, undertaking: Undertaking = 'sync'): SyncPhase[] | null {
  const hook = hookOf(manifest);
  return (
    hook &&
    SYNC_PHASES.filter((phase) => hook.phases.includes(phase) && isOfDeletion(phase) === (undertaking === 'deletion'))
  );
}

/** The wave an object asks for, 0 when it asks for none or for no whole number. */
export function waveOf(manifest: Manifest): number {
  const text = annotation(manifest, WAVE_ANNOTATIONS);
  return text !== null && /^\s*[+-]?\d{1,9}\s*$/.test(text) ? Number(text) : 0;
}

/** Position of a kind in the order of applying. */
export function kindRank(kind: string): number {
  return RANKS.get(kind) ?? KIND_ORDER.length;
}

/**
 * Orders by phase, wave, kind, namespace, name and groups into waves. A Namespace comes no later than the first object
 * inside it, and a CustomResourceDefinition no later than the first object of its kind, whatever waves they ask for.
 */
export function orderIntoWaves<Item>(items: readonly Item[], describe: (item: Item) => Ordered): Wave<Item>[] {
  const slots = pullForward(items.map((item) => slotOf(item, describe))).sort(compareSlots);
  const waves: Wave<Item>[] = [];
  let rank = -1;
  for (const { item, manifest, phase, wave } of slots) {
    let last = waves.at(-1);
    if (last === undefined || last.phase !== phase || last.wave !== wave) {
      last = { phase, wave, steps: [] };
      waves.push(last);
      rank = -1;
    }
    const own = kindRank(manifest.kind);
    if (own === rank) last.steps.at(-1)?.push(item);
    else last.steps.push([item]);
    rank = own;
  }
  return waves;
}

/** The order of pruning: the order of applying, backwards. */
export function orderForPrune(manifests: readonly Manifest[]): Manifest[] {
  return manifests
    .map((item) => slotOf(item, (manifest) => ({ manifest, phase: 'Sync' })))
    .sort((a, b) => compareSlots(b, a))
    .map(({ item }) => item);
}

function slotOf<Item>(item: Item, describe: (item: Item) => Ordered): Slot<Item> {
  const { manifest, phase } = describe(item);
  return { item, manifest, phase, wave: waveOf(manifest) };
}

interface Slot<Item> {
  item: Item;
  manifest: Manifest;
  phase: SyncPhase;
  wave: number;
}

/** Gives a Namespace or a definition the earliest place any of its dependants has. */
function pullForward<Item>(slots: Slot<Item>[]): Slot<Item>[] {
  const earliest = new Map<string, Slot<Item>>();
  const note = (key: string, slot: Slot<Item>): void => {
    const known = earliest.get(key);
    if (known === undefined || compareMoment(slot, known) < 0) earliest.set(key, slot);
  };
  for (const slot of slots) {
    const key = objectKeyOf(slot.manifest);
    if (key.namespace !== '') note(`namespace ${key.namespace}`, slot);
    note(`kind ${key.group}/${key.kind}`, slot);
  }
  return slots.map((slot) => {
    const first = earliest.get(dependencyKey(slot.manifest) ?? '');
    return first !== undefined && compareMoment(first, slot) < 0
      ? { ...slot, phase: first.phase, wave: first.wave }
      : slot;
  });
}

function dependencyKey(manifest: Manifest): string | null {
  if (manifest.kind === 'Namespace') return `namespace ${manifest.metadata.name}`;
  if (manifest.kind !== 'CustomResourceDefinition') return null;
  const spec = manifest['spec'];
  if (typeof spec !== 'object' || spec === null || !('group' in spec) || !('names' in spec)) return null;
  const { names } = spec;
  return typeof names === 'object' && names !== null && 'kind' in names
    ? `kind ${String(spec.group)}/${String(names.kind)}`
    : null;
}

function compareMoment(a: Slot<unknown>, b: Slot<unknown>): number {
  return phaseRank(a.phase) - phaseRank(b.phase) || a.wave - b.wave;
}

function compareSlots(a: Slot<unknown>, b: Slot<unknown>): number {
  const [left, right] = [objectKeyOf(a.manifest), objectKeyOf(b.manifest)];
  return (
    compareMoment(a, b) ||
    kindRank(left.kind) - kindRank(right.kind) ||
    compareText(left.kind, right.kind) ||
    compareText(left.namespace, right.namespace) ||
    compareText(left.name, right.name) ||
    compareText(left.group, right.group)
  );
}

function phaseRank(phase: SyncPhase): number {
  return SYNC_PHASES.findIndex((known) => known === phase);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function annotation(manifest: Manifest, names: readonly string[]): string | null {
  for (const name of names) {
    const text = manifest.metadata.annotations?.[name];
    if (typeof text === 'string') return text;
  }
  return null;
}
