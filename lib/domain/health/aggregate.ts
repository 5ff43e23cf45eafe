import { describeObjectKey, type ObjectKey } from '../resource/manifest.ts';
import { type Health, HEALTH_STATUSES, type HealthStatus, isWorse } from './status.ts';

/** Health of one object the application declares. */
export interface ObjectHealth {
  key: ObjectKey;
  health: Health;
}

export interface AggregateHealth extends Health {
  /** The object that leads: the worst, the first by key among equals. Null when nothing is declared or all is well. */
  object: ObjectKey | null;
  counts: Record<HealthStatus, number>;
}

/**
 * The health of an application: that of its worst declared object. Objects that are missing count only when something of the
 * application is in the cluster or was to be (see `deployed`): a never-deployed application is Missing as a whole, not broken.
 */
export function aggregateHealth(
  objects: readonly ObjectHealth[],
  options: { deployed: boolean; homeNamespace?: string } = { deployed: true },
): AggregateHealth {
  const counts = countHealth(objects);
  if (objects.length === 0) return { status: 'Healthy', message: 'Nothing is declared', object: null, counts };
  const allMissing = counts.Missing === objects.length;
  if (allMissing)
    return {
      status: 'Missing',
      message: options.deployed ? 'Nothing of it is in the cluster' : 'Not deployed yet',
      object: null,
      counts,
    };
  const worst = objects.reduce((lead, one) => (isBefore(one, lead) ? one : lead));
  const { status, message } = worst.health;
  if (status === 'Healthy') return { status, message: '', object: null, counts };
  const name = describeObjectKey(worst.key, options.homeNamespace);
  return { status, message: message === '' ? name : `${name}: ${message}`, object: worst.key, counts };
}

export function countHealth(objects: readonly ObjectHealth[]): Record<HealthStatus, number> {
  const counts: Record<HealthStatus, number> = {
    Healthy: 0,
    Suspended: 0,
    Progressing: 0,
    Missing: 0,
    Degraded: 0,
    Terminating: 0,
    Unknown: 0,
  };
  for (const { health } of objects) counts[health.status] += 1;
  return counts;
}

/** Worst of several states; Healthy for none. */
export function worstStatus(statuses: Iterable<HealthStatus>): HealthStatus {
  let worst: HealthStatus = HEALTH_STATUSES[0];
  for (const status of statuses) if (isWorse(status, worst)) worst = status;
  return worst;
}

function isBefore(a: ObjectHealth, b: ObjectHealth): boolean {
  if (a.health.status !== b.health.status) return isWorse(a.health.status, b.health.status);
  return sortText(a.key) < sortText(b.key);
}

function sortText(key: ObjectKey): string {
  return [key.kind, key.namespace, key.name, key.group].join('\n');
}
