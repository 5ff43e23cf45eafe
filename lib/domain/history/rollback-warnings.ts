import { hookOf } from '../resource/hook.ts';
import { deepEqual } from '../resource/json.ts';
import { formatObjectKey, type Manifest, objectKeyOf } from '../resource/manifest.ts';
import { runsOf } from '../sync/order.ts';

/** At most so many names in one sentence. */
const SHOWN = 5;

/**
 * What a hook did stays done: the hooks that what is deployed has, and that what is gone back to lacks or has otherwise, in one
 * sentence; null where there are none. Both are masked sets, hooks among their objects.
 */
export function hooksNotUndone(deployed: readonly Manifest[], goal: readonly Manifest[]): string | null {
  const earlier = new Map(goal.map((manifest) => [formatObjectKey(objectKeyOf(manifest)), manifest]));
  const names = deployed
    .filter((manifest) => hookOf(manifest) !== null && (runsOf(manifest) ?? []).length > 0)
    .filter((manifest) => !deepEqual(manifest, earlier.get(formatObjectKey(objectKeyOf(manifest)))))
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  if (names.length === 0) return null;
  return `A roll back does not undo what these hooks of the deployed revision did, such as a migration: ${listed(names)}. Check that the earlier version can work with it.`;
}

/** The changes that the cluster will refuse because only a new object can have the field, in one sentence; null where there are none. */
export function fieldsThatStay(
  changes: readonly { kind: string; name: string; paths: readonly string[] }[],
): string | null {
  const names = changes.flatMap(({ kind, name, paths }) => paths.map((path) => `${path} of ${kind} ${name}`));
  if (names.length === 0) return null;
  return `The cluster will refuse to change ${listed(names)}. Delete the object first, or let it be made anew with the sync option Force=true.`;
}

function listed(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  return rest > 0 ? `${names.slice(0, SHOWN).join(', ')} and ${rest} more` : names.join(', ');
}
