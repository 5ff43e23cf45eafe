import { ACTIVE_PHASES, type OperationPhase, OPERATION_PHASES } from '#lib/domain/sync/status.ts';
import type { Reader } from './reader.ts';

/** The last operation of an application, as far as a comparison cares. */
export interface LastOperation {
  id: string;
  phase: OperationPhase;
  message: string;
  kind: string;
  appliedAt: Date | null;
  finishedAt: Date | null;
  isActive: boolean;
}

/** What beside the sets and the cluster decides an application's state. */
export interface ComparisonFacts {
  pin: { id: string; setId: string; revision: string; expiresAt: Date } | null;
  suspension: { id: string; expiresAt: Date } | null;
  last: LastOperation | null;
  /** Open drift that was put right before. */
  relapses: { objectKey: string; path: string; manager: string | null; heals: number }[];
}

export async function readComparisonFacts(tx: Reader, applicationId: string): Promise<ComparisonFacts> {
  const [pin, suspension, last, relapses] = await Promise.all([
    tx.pin.findFirst({
      where: { applicationId, endedAt: null },
      select: { id: true, setId: true, revision: true, expiresAt: true },
    }),
    tx.suspension.findFirst({ where: { applicationId, endedAt: null }, select: { id: true, expiresAt: true } }),
    tx.operation.findFirst({
      where: { applicationId },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: { id: true, phase: true, message: true, kind: true, appliedAt: true, finishedAt: true },
    }),
    tx.driftRecord.findMany({
      where: { applicationId, closedAt: null, heals: { gt: 0 } },
      orderBy: [{ heals: 'desc' }, { id: 'asc' }],
      select: { objectKey: true, path: true, manager: true, heals: true },
      take: 100,
    }),
  ]);
  const phase = OPERATION_PHASES.find((known) => known === last?.phase);
  return {
    pin,
    suspension,
    relapses,
    last: last && phase ? { ...last, phase, isActive: ACTIVE_PHASES.includes(phase) } : null,
  };
}
