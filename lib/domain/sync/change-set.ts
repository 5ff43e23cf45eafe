import type { ObjectResult } from './status.ts';

/** What became of one object in an operation. `message` is masked and empty when all is well. */
export interface ObjectOutcome {
  /** Formatted object key. */
  key: string;
  result: ObjectResult;
  message: string;
}

export interface ChangeSet {
  /** `running` while an object is pending or a hook runs; `failed` when any failed; else `succeeded`. */
  outcome: 'running' | 'succeeded' | 'failed';
  counts: Record<ObjectResult, number>;
  /** Objects the cluster really changed. */
  changed: number;
  /** `2 created, 1 configured, 1 failed: Service/shop/web: port is taken`. */
  summary: string;
}

const WORDS: readonly ObjectResult[] = [
  'created',
  'configured',
  'pruned',
  'ran',
  'unchanged',
  'skipped',
  'failed',
  'running',
  'pending',
];

/** Folds the results of an operation's objects. The later result of one key wins, so that a resumed operation counts once. */
export function foldOutcomes(results: readonly ObjectOutcome[]): ChangeSet {
  const byKey = new Map(results.map((result) => [result.key, result]));
  const counts: Record<ObjectResult, number> = {
    pending: 0,
    running: 0,
    created: 0,
    configured: 0,
    unchanged: 0,
    pruned: 0,
    ran: 0,
    skipped: 0,
    failed: 0,
  };
  for (const { result } of byKey.values()) counts[result] += 1;
  const failed = [...byKey.values()].find((result) => result.result === 'failed');
  const words = WORDS.filter((word) => counts[word] > 0).map((word) => `${counts[word]} ${word}`);
  const cause = failed === undefined ? '' : `: ${failed.key}${failed.message === '' ? '' : `: ${failed.message}`}`;
  return {
    outcome: counts.pending + counts.running > 0 ? 'running' : failed === undefined ? 'succeeded' : 'failed',
    counts,
    changed: counts.created + counts.configured + counts.pruned,
    summary: words.length === 0 ? 'nothing to do' : `${words.join(', ')}${cause}`,
  };
}
