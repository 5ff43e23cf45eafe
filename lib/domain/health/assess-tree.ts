import { textAt } from '../resource/json.ts';
import { type Manifest, objectKeyOf } from '../resource/manifest.ts';
import { assessHealth } from './assess.ts';
import { currentBelow } from './current-below.ts';
import type { Assess } from './custom/rule.ts';
import { explainHealth } from './explain.ts';
import { podTrouble } from './rules/core/pod/containers.ts';
import { conditionOf } from './rules/rule.ts';
import type { Health } from './status.ts';

/** Workloads whose pods tell sooner than they do themselves that a rollout cannot succeed as it is. */
const ROLLED_OUT: ReadonlySet<string> = new Set([
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  'batch/Job',
]);

export interface TreeHealth extends Health {
  /** What ails it alone, in plain words, for grouping; '' when well. */
  cause: string;
  /** Degraded, and only another change ends it: waiting for it is in vain. Pods that crash or wait for an image may recover. */
  isFinal: boolean;
}

/**
 * The health of an object with what hangs below it. A workload that says it is progressing is Degraded as soon as a pod of
 * its newest revision cannot start or crashes; its own deadline would tell minutes later. `descendants` may hold any object
 * below it, old revisions too. `assess` judges each object: with a person's own rules, or as built in.
 */
export function assessTree(
  manifest: Manifest,
  descendants: readonly Manifest[],
  assess: Assess = assessHealth,
): TreeHealth {
  const own = assess(manifest);
  if (own.status === 'Healthy') return { ...own, cause: own.message, isFinal: false };
  const below = currentBelow(manifest, descendants);
  const stuck = own.status === 'Progressing' && ROLLED_OUT.has(nameOf(manifest)) ? below.filter(isStuck) : [];
  const explained = explainHealth(manifest, stuck.length > 0 ? stuck : below, assess);
  return {
    status: stuck.length > 0 ? 'Degraded' : own.status,
    message: explained?.message ?? own.message,
    cause: explained?.cause ?? own.message,
    isFinal: own.status === 'Degraded' && isFinal(manifest),
  };
}

/** A pod that is there and cannot run. Failed ones are over: their owner replaces them, or counts them itself. */
function isStuck(child: Manifest): boolean {
  if (nameOf(child) !== '/Pod' || child.metadata.deletionTimestamp !== undefined) return false;
  if (textAt(child, 'status', 'phase') === 'Failed') return false;
  return podTrouble(child) !== null || assessHealth(child).status === 'Degraded';
}

function isFinal(manifest: Manifest): boolean {
  switch (nameOf(manifest)) {
    case 'apps/Deployment':
      return conditionOf(manifest, 'Progressing')?.reason === 'ProgressDeadlineExceeded';
    case '/Pod':
      return textAt(manifest, 'status', 'phase') === 'Failed';
    case 'batch/Job':
    case '/PersistentVolumeClaim':
      return true;
    default:
      return false;
  }
}

function nameOf(manifest: Manifest): string {
  const { group, kind } = objectKeyOf(manifest);
  return `${group}/${kind}`;
}
