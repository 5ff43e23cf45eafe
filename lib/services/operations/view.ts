import type { OperationView } from '#lib/contracts/operations.ts';
import type { OperationWithObjects } from '#lib/database/operations.ts';
import { foldOutcomes } from '#lib/domain/sync/change-set.ts';
import { SYNC_PHASES } from '#lib/domain/sync/order.ts';
import { OBJECT_RESULTS, OPERATION_KINDS, OPERATION_PHASES, PLAN_ACTIONS } from '#lib/domain/sync/status.ts';

const ACTOR_KINDS = ['user', 'token', 'agent', 'system', 'webhook'] as const;
const iso = (date: Date | null) => date?.toISOString() ?? null;

export function operationViewOf(row: OperationWithObjects, applicationName: string): OperationView {
  return {
    id: row.id,
    applicationId: row.applicationId,
    applicationName,
    kind: OPERATION_KINDS.find((kind) => kind === row.kind) ?? 'sync',
    phase: OPERATION_PHASES.find((phase) => phase === row.phase) ?? 'interrupted',
    message: row.message,
    revision: row.revision,
    commitSha: row.commitSha,
    pullRequestUrl: row.pullRequestUrl,
    automatic: row.actorKind === 'system',
    actor: {
      kind: ACTOR_KINDS.find((kind) => kind === row.actorKind) ?? 'system',
      id: row.actorId,
      name: row.actorName,
    },
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
    deadlineAt: iso(row.deadlineAt),
    terminateRequestedAt: iso(row.terminateRequestedAt),
    objects: row.objects.map((object) => ({
      key: object.key,
      action: PLAN_ACTIONS.find((action) => action === object.action) ?? 'unchanged',
      phase: SYNC_PHASES.find((phase) => phase === object.phase) ?? 'Sync',
      wave: object.wave,
      result: OBJECT_RESULTS.find((result) => result === object.result) ?? 'pending',
      message: object.message,
    })),
  };
}

/** What an operation did, in words: `1 created, 1 configured, 2 unchanged`. Masked. */
export function summaryOf(row: OperationWithObjects): string {
  return foldOutcomes(operationViewOf(row, '').objects).summary;
}
