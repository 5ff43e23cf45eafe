import type { PlannedObject } from './plan.ts';

/** Kinds whose deletion takes data or other objects with it. */
export const DANGEROUS_KINDS = [
  'Namespace',
  'CustomResourceDefinition',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StatefulSet',
] as const;

const MAJORITY = 0.5;

export interface PruneRefusal {
  code: 'everything' | 'majority' | 'dangerous-kind';
  message: string;
  /** Formatted keys of the objects that would be deleted. */
  objects: string[];
  /** The text a person must type to go on; '' when the option `allowEmpty` is what lets it pass. */
  confirmation: string;
}

export interface PruneGuard {
  /** The owner allows this application to become empty, or to lose most of its objects. */
  allowEmpty: boolean;
  /** Names a person typed into the dialog. Automatic sync has none. */
  confirmed?: readonly string[];
}

/** Every reason not to prune what the plan would prune; empty = go on. A lost values file or an emptied folder must not delete an application. */
export function guardPrune(plan: readonly PlannedObject[], { allowEmpty, confirmed = [] }: PruneGuard): PruneRefusal[] {
  const pruned = plan.filter(({ action, selected }) => action === 'prune' && selected);
  if (pruned.length === 0) return [];
  const refusals: PruneRefusal[] = [];
  const owned = plan.filter(({ action }) => action === 'change' || action === 'unchanged' || action === 'prune');
  const objects = pruned.map(({ id }) => id);
  if (!allowEmpty && pruned.length === owned.length) {
    const message = `Would delete all ${pruned.length} objects of the application. Allow an empty application if that is meant.`;
    refusals.push({ code: 'everything', message, objects, confirmation: '' });
  } else if (!allowEmpty && pruned.length > 1 && pruned.length > owned.length * MAJORITY) {
    const message = `Would delete ${pruned.length} of ${owned.length} objects, more than half. Allow it if that is meant.`;
    refusals.push({ code: 'majority', message, objects, confirmation: '' });
  }
  for (const { key, id } of pruned) {
    if (!DANGEROUS_KINDS.some((kind) => kind === key.kind) || confirmed.includes(key.name)) continue;
    const message = `Deleting ${key.kind} ${key.name} ${lossOf(key.kind)}. Type its name to confirm.`;
    refusals.push({ code: 'dangerous-kind', message, objects: [id], confirmation: key.name });
  }
  return refusals;
}

/** What goes with an object of a dangerous kind. */
export function lossOf(kind: string): string {
  if (kind === 'Namespace') return 'deletes everything inside it';
  if (kind === 'CustomResourceDefinition') return 'deletes every object of its kind in the cluster';
  return kind === 'StatefulSet' ? 'stops it and may leave its data behind' : 'may delete the data on it';
}
