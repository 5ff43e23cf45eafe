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
const PHASE_ANNOTATIONS = ['quarterdeck.dev/phase', 'argocd.argoproj.io/hook', 'helm.sh/hook'] as const;

export const SYNC_PHASES = ['before', 'sync', 'after'] as const;
export type SyncPhase = (typeof SYNC_PHASES)[number] | 'skip';

const PHASE_WORDS: Record<string, SyncPhase> = {
  before: 'before',
  PreSync: 'before',
  'pre-install': 'before',
  'pre-upgrade': 'before',
  sync: 'sync',
  Sync: 'sync',
  'crd-install': 'sync',
  after: 'after',
  PostSync: 'after',
  'post-install': 'after',
  'post-upgrade': 'after',
};

/** Objects that are applied together: side by side inside a step, step after step inside a wave, wave after wave. */
export interface Wave<Item> {
  phase: SyncPhase;
  wave: number;
  /** One step per kind rank. */
  steps: Item[][];
}

/**
 * When an object is applied: `before` the rest, in the `sync` itself, or `after` it; `skip` for hooks that belong to
 * other moments (a failed sync, a deletion, a test). From our annotation, else Argo CD's or Helm's hook annotation.
 */
export function phaseOf(manifest: Manifest): SyncPhase {
  const hooks = annotation(manifest, PHASE_ANNOTATIONS);
  if (hooks === null) return 'sync';
  for (const word of hooks.split(',')) {
    const phase = Object.hasOwn(PHASE_WORDS, word.trim()) ? PHASE_WORDS[word.trim()] : undefined;
    if (phase !== undefined) return phase;
  }
  return 'skip';
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
 * Orders objects by phase, wave, kind, namespace, name and groups them into waves. A Namespace comes no later than the first object
 * inside it, and a CustomResourceDefinition no later than the first object of its kind, whatever waves they ask for.
 * Objects of phase `skip` are left out.
 */
export function orderIntoWaves<Item>(items: readonly Item[], manifestOf: (item: Item) => Manifest): Wave<Item>[] {
  const placed = items
    .map((item) => ({
      item,
      manifest: manifestOf(item),
      phase: phaseOf(manifestOf(item)),
      wave: waveOf(manifestOf(item)),
    }))
    .filter(({ phase }) => phase !== 'skip');
  const slots = pullForward(placed).sort(compareSlots);
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
export function orderForPrune<Item>(items: readonly Item[], manifestOf: (item: Item) => Manifest): Item[] {
  return items
    .map((item) => ({
      item,
      manifest: manifestOf(item),
      phase: phaseOf(manifestOf(item)),
      wave: waveOf(manifestOf(item)),
    }))
    .sort((a, b) => compareSlots(b, a))
    .map(({ item }) => item);
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
