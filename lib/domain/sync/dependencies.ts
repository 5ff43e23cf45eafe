import type { HealthStatus } from '../health/status.ts';
import type { SyncStatus } from './status.ts';

/** Which applications each one depends on, by id. */
export type DependencyGraph = ReadonlyMap<string, readonly string[]>;

/** A way from an application back to itself, the application at both ends; null when there is none. */
export function findCycle(graph: DependencyGraph, start: string): string[] | null {
  const cameFrom = new Map<string, string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const next of graph.get(id) ?? []) {
      if (next === start) return wayTo(cameFrom, start, id);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, id);
      open.push(next);
    }
  }
  return null;
}

function wayTo(cameFrom: ReadonlyMap<string, string>, start: string, end: string): string[] {
  const way = [start];
  for (let id: string | undefined = end; id !== undefined && id !== start; id = cameFrom.get(id)) way.unshift(id);
  return [start, ...way];
}

/** What is known of an application that another one depends on. */
export interface DependencyState {
  sync: SyncStatus;
  health: HealthStatus;
  deployed: boolean;
  /** Something of it changed and was not rendered or compared yet: its state is of before. */
  isStale: boolean;
}

/** Why one that depends on it waits, to be put after its name (`is Degraded`); null when it is ready. */
export function notReadyWords({ sync, health, deployed, isStale }: DependencyState): string | null {
  if (!deployed) return 'was never synced';
  if (sync === 'Syncing') return 'is being synced';
  if (isStale) return 'is being compared';
  if (sync !== 'Synced') return sync === 'Unknown' ? 'could not be compared' : 'is OutOfSync';
  return health === 'Healthy' || health === 'Suspended' ? null : `is ${health}`;
}
