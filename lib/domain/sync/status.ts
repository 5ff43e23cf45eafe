export const SYNC_STATUSES = ['Synced', 'OutOfSync', 'Syncing', 'Unknown'] as const;
export type SyncStatus = (typeof SYNC_STATUSES)[number];

/** What one object needs to equal Git. `conflict`: another application owns it. `hook`: it is run, and not kept as Git has it. */
export const PLAN_ACTIONS = ['create', 'change', 'prune', 'unchanged', 'conflict', 'hook'] as const;
export type PlanAction = (typeof PLAN_ACTIONS)[number];

/** Kinds of operation after which an application is at a revision. */
export const DEPLOYING_KINDS = ['sync', 'revert', 'rollback-git', 'pin'] as const;
export const OPERATION_KINDS = [...DEPLOYING_KINDS, 'delete'] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/**
 * Life of an operation: requested → running → waiting (applied, health awaited) → one of the final phases.
 * `interrupted` closes an operation whose worker died where it could not be resumed.
 */
export const OPERATION_PHASES = [
  'requested',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'terminated',
  'interrupted',
] as const;
export type OperationPhase = (typeof OPERATION_PHASES)[number];
export const ACTIVE_PHASES: readonly OperationPhase[] = ['requested', 'running', 'waiting'];

/** Result of one object in an operation; of a hook `running`, then `ran` or `failed`. */
export const OBJECT_RESULTS = [
  'pending',
  'running',
  'created',
  'configured',
  'unchanged',
  'pruned',
  'ran',
  'skipped',
  'failed',
] as const;
export type ObjectResult = (typeof OBJECT_RESULTS)[number];
