import { canonicalJson } from '../resource/canonical.ts';
import { formatObjectKey, type Manifest, objectKeyOf, type ObjectKey } from '../resource/manifest.ts';
import { hookOf } from '../resource/hook.ts';
import { trackedApplication } from '../resource/tracking.ts';
import type { Comparison, Difference } from '../diff/difference.ts';
import type { KindSchema } from '../diff/field-schema.ts';
import { comparePrediction } from '../diff/predict.ts';
import { type Ordered, orderForPrune, orderIntoWaves, runsOf, type SyncPhase } from './order.ts';
import { type PolicyOptions, syncOptionsOf } from './options.ts';
import type { PlanAction } from './status.ts';

/** Why an object with `Prune=confirm` is not pruned yet. */
export const NEEDS_CONFIRMATION = 'asks to be confirmed before it is pruned';

/** What a sync would do to one object. */
export interface PlannedObject {
  key: ObjectKey;
  /** Formatted key; of a hook with its phase behind it ({@link hookRunId}), for it may run in several. */
  id: string;
  /** The moment of the sync it belongs to. */
  phase: SyncPhase;
  action: PlanAction;
  /** Of a change: live → predicted. Masked. */
  differences: Difference[];
  /** False when the person chose other objects, when pruning is off or kept by the object, and for conflicts. */
  selected: boolean;
  /** Why it is a conflict or not selected; '' otherwise. */
  note: string;
}

/** What is known of one live object. All masked. */
export interface LiveFacts {
  live: Manifest | null;
  /** The server's dry-run answer, when one was asked for. */
  predicted?: Manifest;
  /** The local answer, used where no dry run was needed. */
  comparison?: Comparison;
  /** Names the items of lists in the differences as the comparison does; guessed when left out. */
  schema?: KindSchema | null;
}

export interface PlanInput {
  applicationId: string;
  /** Masked and normalised. */
  desired: readonly Manifest[];
  /** Facts by formatted key. */
  lookup: (id: string) => LiveFacts;
  /** Formatted keys that earlier syncs of this application applied. */
  inventory: readonly string[];
  policy: PolicyOptions;
  options: {
    prune: boolean;
    /** Formatted keys that are pruned although they ask to be confirmed. */
    confirmed?: readonly string[];
    /** Formatted keys; everything when left out. Hooks are never among what is chosen. */
    resources?: readonly string[];
    /** False leaves hooks out. */
    hooks?: boolean;
  };
}

/**
 * The plan of a sync, in the order of applying, prunes at the end in the opposite order. Pruned is only what stands in the inventory
 * *and* says by its tracking annotation that it belongs to this application.
 */
export function buildPlan(input: PlanInput): PlannedObject[] {
  const chosen = input.options.resources === undefined ? null : new Set(input.options.resources);
  const runs = input.desired.flatMap((manifest) => partsOf(manifest, chosen === null && input.options.hooks !== false));
  const wanted = orderIntoWaves(runs, (run) => run).flatMap(({ steps }) => steps.flat());
  const ids = new Set(input.desired.map((manifest) => formatObjectKey(objectKeyOf(manifest))));
  const gone = [...new Set(input.inventory)].filter((id) => !ids.has(id)).flatMap((id) => input.lookup(id).live ?? []);
  const planned = [
    ...wanted.map((run) => (run.isHook ? planHook(run) : planApply(run.manifest, input))),
    ...orderForPrune(gone).flatMap((manifest) => planPrune(manifest, input)),
  ];
  return planned.map((one) =>
    chosen === null || chosen.has(one.id) ? one : { ...one, selected: false, note: one.note || 'not chosen' },
  );
}

/** What the sync does with one object: applies it once, or runs it as a hook any number of times. */
export interface Part extends Ordered {
  id: string;
  isHook: boolean;
}

/** The parts an object has in a sync; hooks have none where they do not run. */
export function partsOf(manifest: Manifest, withHooks: boolean): Part[] {
  const id = formatObjectKey(objectKeyOf(manifest));
  const runs = runsOf(manifest);
  if (runs === null) return [{ manifest, phase: 'Sync', id, isHook: false }];
  return withHooks ? runs.map((phase) => hookPart(manifest, phase)) : [];
}

/** One run of a hook. */
export function hookPart(manifest: Manifest, phase: SyncPhase): Part {
  return { manifest, phase, id: hookRunId(formatObjectKey(objectKeyOf(manifest)), phase), isHook: true };
}

/** Names one run of a hook; the key is what stands before the last `@`. */
export function hookRunId(objectId: string, phase: SyncPhase): string {
  return `${objectId}@${phase}`;
}

/** The text a plan's hash is taken of: what would be done to which object, field by field. Equal plans give equal texts. */
export function planDigest(plan: readonly PlannedObject[], hash: (text: string) => string): string {
  const acts = plan
    .filter(({ action, selected }) => selected && action !== 'unchanged')
    .map(({ id, action, differences }) => [
      id,
      action,
      differences.map(({ path, desired, live }) => canonicalJson([path, desired ?? null, live ?? null])).sort(),
    ]);
  return hash(canonicalJson(acts.sort((a, b) => compareText(String(a[0]), String(b[0])))));
}

/** How many objects a plan would create, change, prune, leave alone, or cannot touch. Prunes and others not selected count as unchanged. */
export function countPlan(plan: readonly PlannedObject[]): Record<PlanAction, number> {
  const counts: Record<PlanAction, number> = { create: 0, change: 0, prune: 0, unchanged: 0, conflict: 0, hook: 0 };
  for (const { action, selected } of plan) counts[selected || action === 'conflict' ? action : 'unchanged'] += 1;
  return counts;
}

export function planHook({ manifest, phase, id }: Part): PlannedObject {
  const words = {
    PreSync: 'runs before the sync',
    Sync: 'runs in the sync',
    PostSync: 'runs when all is healthy',
    SyncFail: 'runs if the sync fails',
    PreDelete: 'runs before anything is deleted',
    PostDelete: 'runs when everything is gone',
  };
  return { key: objectKeyOf(manifest), id, phase, action: 'hook', differences: [], selected: true, note: words[phase] };
}

function planApply(manifest: Manifest, input: PlanInput): PlannedObject {
  const key = objectKeyOf(manifest);
  const id = formatObjectKey(key);
  const facts = input.lookup(id);
  const planned = { key, id, phase: 'Sync' as const, differences: [], selected: true, note: '' };
  if (facts.live === null) return { ...planned, action: 'create' };
  const owner = trackedApplication(facts.live);
  if (owner !== null && owner !== input.applicationId) {
    const note = `belongs to application ${owner}; remove it from one of the two`;
    return { ...planned, action: 'conflict', selected: false, note };
  }
  const differences =
    facts.predicted === undefined
      ? differencesOf(facts.comparison)
      : comparePrediction(facts.live, facts.predicted, facts.schema);
  if (differences.length > 0) return { ...planned, action: 'change', differences };
  if (owner !== null) return { ...planned, action: 'unchanged' };
  return { ...planned, action: 'change', note: 'takes over an object that no application owned' };
}

function planPrune(live: Manifest, input: PlanInput): PlannedObject[] {
  if (trackedApplication(live) !== input.applicationId || live.metadata.deletionTimestamp !== undefined) return [];
  if (hookOf(live) !== null) return [];
  const key = objectKeyOf(live);
  const note = pruneNote(live, input);
  return [
    { key, id: formatObjectKey(key), phase: 'Sync', action: 'prune', differences: [], selected: note === '', note },
  ];
}

/** Why an object is not pruned; '' when it is. */
function pruneNote(live: Manifest, { options, policy }: PlanInput): string {
  const { prune } = syncOptionsOf(live, policy).options;
  if (prune === 'no') return 'the object asks to be kept';
  if (!options.prune) return 'pruning is off';
  if (prune === 'yes' || options.confirmed?.includes(formatObjectKey(objectKeyOf(live)))) return '';
  return NEEDS_CONFIRMATION;
}

function differencesOf(comparison: Comparison | undefined): Difference[] {
  return comparison === undefined || comparison.verdict === 'equal' ? [] : comparison.differences;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
