import { planResult, type PlanView } from '#lib/contracts/operations.ts';
import type { PlanRow } from '#lib/database/plans.ts';
import { OPERATION_KINDS } from '#lib/domain/sync/status.ts';

const STATES = ['computing', 'ready', 'failed'] as const;

export function planViewOf(row: PlanRow): PlanView {
  const parsed = row.result === null ? null : planResult.safeParse(row.result);
  return {
    id: row.id,
    applicationId: row.applicationId,
    kind: OPERATION_KINDS.find((kind) => kind === row.kind) ?? 'sync',
    state: STATES.find((state) => state === row.state) ?? 'failed',
    error: row.error,
    revision: row.revision,
    hash: row.hash,
    result: parsed?.success ? parsed.data : null,
    createdAt: row.createdAt.toISOString(),
  };
}
