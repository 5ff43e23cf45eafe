import type { AttentionGroup, FleetView } from '#lib/contracts/fleet.ts';
import { findLastDeployment, listAttentionGroups, readFleetTotals, readLastDay } from '#lib/database/fleet.ts';
import { diagnose } from '#lib/domain/health/causes/diagnose.ts';
import { requirePermission } from '../access/require.ts';
import { listAudit } from '../audit/list.ts';
import { listClusters } from '../clusters/list.ts';
import type { Context } from '../context.ts';

const MOST_GROUPS = 50;
const LATEST_ACTIONS = 12;

/** What needs attention, and the state of every cluster. Errors: forbidden. */
export async function getFleet(ctx: Context): Promise<FleetView> {
  await requirePermission(ctx, 'applications:read');
  const { prisma } = ctx.database;
  const now = ctx.clock.now();
  const [totals, clusters, groups, lastDay, lastDeployment, actions] = await Promise.all([
    readFleetTotals(prisma),
    listClusters(ctx),
    listAttentionGroups(prisma, MOST_GROUPS),
    readLastDay(prisma, now),
    findLastDeployment(prisma),
    listAudit(ctx, { query: '', limit: LATEST_ACTIONS }),
  ]);
  return {
    applicationCount: totals.applications,
    attentionCount: totals.attention,
    silentClusterCount: totals.silentClusters,
    openDriftCount: totals.openDrift,
    repositoryCount: totals.repositories,
    lastDeployment: lastDeployment && { ...lastDeployment, at: lastDeployment.at.toISOString() },
    clusters,
    attention: groups.map((group) => ({
      ...group,
      diagnosis: diagnose(group.cause),
      since: group.since?.toISOString() ?? null,
      suggestion: suggestionOf(group.reason),
    })),
    lastDay: lastDay.map((slot) => ({ ...slot, from: slot.from.toISOString() })),
    latestActions: actions.items,
    at: now.toISOString(),
  };
}

/** What usually helps against a reason of lib/domain/health/attention.ts. */
const SUGGESTIONS: Record<string, AttentionGroup['suggestion']> = {
  degraded: 'rollback',
  'operation-failed': 'open',
  missing: 'sync',
  'drift-on-protected': 'revert',
  'out-of-sync-manual': 'sync',
  unknown: 'test-connection',
};

function suggestionOf(reason: string): AttentionGroup['suggestion'] {
  return SUGGESTIONS[reason] ?? 'open';
}
