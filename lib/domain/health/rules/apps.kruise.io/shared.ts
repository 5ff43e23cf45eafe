import { valueAt } from '../../../resource/json.ts';
import type { Manifest } from '../../../resource/manifest.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../patterns.ts';
import { HEALTHY, ofTotal, progressing, suspended } from '../rule.ts';
import type { Health } from '../../status.ts';

/** What OpenKruise's workloads have in common, read from where each keeps it. */
export interface KruiseRollout {
  paused: boolean;
  /** A number of pods to leave as they are, or a share of them. */
  partition: unknown;
  wanted: number;
  updated: number;
  available: number;
}

/**
 * Paused and partitioned rollouts wait for a person. Unlike Argo CD pods that are not available yet are on their way, as those of
 * a Deployment are.
 */
export function kruiseHealth(manifest: Manifest, rollout: KruiseRollout): Health {
  if (valueAt(manifest, 'status') === undefined) return progressing(UNTOLD);
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const { wanted, updated, available } = rollout;
  if (rollout.paused) return suspended('Rollout is paused');
  const kept = keptBack(rollout.partition, wanted);
  if (updated < wanted - kept) return progressing(`${ofTotal(updated, wanted - kept, 'pod')} updated`);
  if (available < Math.min(updated, wanted)) return progressing(`${ofTotal(available, updated, 'pod')} available`);
  return updated < wanted
    ? suspended(`Rollout holds at its partition: ${ofTotal(updated, wanted, 'pod')} updated`)
    : HEALTHY;
}

/** A partition of `3` keeps as many pods back, also written as text; `30%` keeps that share back, rounded up. */
function keptBack(partition: unknown, wanted: number): number {
  if (typeof partition === 'number') return Math.min(Math.max(partition, 0), wanted);
  if (typeof partition !== 'string' || !/^\d{1,9}%?$/.test(partition)) return 0;
  if (!partition.endsWith('%')) return Math.min(Number(partition), wanted);
  return Math.min(Math.ceil((wanted * Number(partition.slice(0, -1))) / 100), wanted);
}
