import { listDependents } from '#lib/database/dependencies.ts';
import { listOpenDrifts, listRecentDrifts, saveDriftChanges } from '#lib/database/drift.ts';
import {
  lockState,
  type ObjectRow,
  saveLiveSnapshots,
  saveObjectRows,
  type StateRow,
  updateState,
} from '#lib/database/states.ts';
import { addTimelineEntries, type NewTimelineEntry } from '#lib/database/timeline.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { RELAPSE_MS } from '#lib/domain/drift/fight.ts';
import { type ObservedDrift, reconcileDrift } from '#lib/domain/drift/record.ts';
import type { HeldLease } from '#lib/database/leases.ts';
import { metrics } from '#lib/observability/metrics.ts';
import type { WorkerContext } from '../context.ts';
import { requireFence } from '../leases/with-lease.ts';
import type { Summary } from './summary.ts';

/** What one comparison found to be different from what is stored. */
export interface Findings {
  applicationId: string;
  /** The state row the comparison started from. */
  state: StateRow;
  summary: Summary;
  observed: ObservedDrift[];
  held: ObservedDrift[];
  rows: { upsert: ObjectRow[]; remove: string[] };
  snapshots: { upsert: { key: string; body: object }[]; remove: string[] };
  wantsAutoSync: boolean;
}

/**
 * Writes the findings in one transaction, or nothing: `stale` when the application moved on meanwhile (another target,
 * another operation), so that the comparison must be made again. `relapsed`: a field drifted again that was put right before, which the next comparison tells of.
 */
export async function saveFindings(
  ctx: WorkerContext,
  found: Findings,
  lease: HeldLease | undefined,
): Promise<'stale' | 'saved' | 'relapsed'> {
  const { applicationId, summary } = found;
  const now = ctx.clock.now();
  let counts = { opened: 0, closed: 0 };
  let relapsed = false;
  const saved = await inTransaction(
    ctx.database,
    async ({ tx, changed, enqueue }) => {
      if (lease) await requireFence(tx, lease);
      const current = await lockState(tx, applicationId);
      if (!current || !isSameStart(current, found.state)) return false;
      const openRecords = await listOpenDrifts(tx, applicationId);
      const { observed, held } = found;
      const recent = await listRecentDrifts(tx, applicationId, new Date(now.getTime() - RELAPSE_MS));
      const changes = reconcileDrift({ openRecords, recent, observed, held, now: now.toISOString() });
      relapsed = changes.update.some(({ heals }) => heals !== undefined);
      counts = { opened: changes.open.length, closed: changes.close.length };
      const drifted = changes.open.length + changes.update.length + changes.close.length > 0;
      if (drifted) await saveDriftChanges(tx, { applicationId, revision: current.deployedSha, changes });
      await saveObjectRows(tx, applicationId, found.rows);
      await saveLiveSnapshots(tx, applicationId, { ...found.snapshots, at: now });
      await updateState(tx, applicationId, {
        ...summary.row,
        digest: summary.digest,
        changedAt: now,
        ...(current.errorStep === 'compare' ? { error: null, errorStep: null } : {}),
      });
      await addTimelineEntries(tx, flips(applicationId, { before: current, now: summary.row, at: now }));
      changed(`application:${applicationId}`);
      if (drifted) changed('drift');
      if (isReady(summary.row) && !isReady(current)) {
        const dependents = await listDependents(tx, applicationId);
        enqueue(...dependents.map(({ id }) => ({ kind: 'auto-sync' as const, key: id })));
      }
      if (found.wantsAutoSync) enqueue({ kind: 'auto-sync', key: applicationId });
      return true;
    },
    { timeoutMs: 30_000 },
  );
  if (saved) {
    metrics().driftOpened.inc(counts.opened);
    metrics().driftClosed.inc(counts.closed);
  }
  if (!saved) return 'stale';
  return relapsed ? 'relapsed' : 'saved';
}

/** Those that depend on it may go on now. `digest` is '' while it was not compared since something changed. */
function isReady(row: { sync: string; health: string; digest?: string }): boolean {
  return row.digest !== '' && row.sync === 'Synced' && (row.health === 'Healthy' || row.health === 'Suspended');
}

function isSameStart(current: StateRow, before: StateRow): boolean {
  return (
    current.targetSetId === before.targetSetId &&
    current.deployedSetId === before.deployedSetId &&
    current.deployedSha === before.deployedSha &&
    current.digest === before.digest
  );
}

/** Health and sync as they turn; the passing "Syncing" is told by the operation itself. */
function flips(
  applicationId: string,
  { before, now, at }: { before: StateRow; now: Summary['row']; at: Date },
): NewTimelineEntry[] {
  const entries: NewTimelineEntry[] = [];
  if (before.health !== now.health) {
    const words = now.health === 'Healthy' || now.cause === '' ? '' : `: ${now.cause}`;
    entries.push({
      applicationId,
      kind: 'health',
      summary: `${before.health} → ${now.health}${words}`,
      detail: { from: before.health, to: now.health },
      at,
    });
  }
  if (before.sync !== now.sync && before.sync !== 'Syncing' && now.sync !== 'Syncing') {
    entries.push({
      applicationId,
      kind: 'sync',
      summary: `${before.sync} → ${now.sync}`,
      detail: { from: before.sync, to: now.sync },
      at,
    });
  }
  return entries;
}
