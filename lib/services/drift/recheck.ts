import { readComparisonFacts } from '#lib/database/comparing.ts';
import { listOpenDrifts } from '#lib/database/drift.ts';
import { findDeclared, findState, listApplicationIds, listObjectRows } from '#lib/database/states.ts';
import { reconcileDrift } from '#lib/domain/drift/record.ts';
import { ClusterError } from '#lib/ports/cluster.ts';
import type { WorkerContext } from '../context.ts';
import { compareNow } from './detect.ts';
import { rowText } from './rows.ts';

/** One application whose stored rows are not what they would be, computed anew. */
export interface Discrepancy {
  applicationId: string;
  /** In words: which object, which part. */
  differences: string[];
}

/**
 * Recomputes every state from scratch and reports where the stored one differs: state is a function of Git, the cluster
 * and the rules, and nothing else. Silent clusters are passed over. Writes nothing.
 */
export async function recheckStates(
  ctx: WorkerContext,
  applicationIds?: string[],
  signal?: AbortSignal,
): Promise<Discrepancy[]> {
  const found: Discrepancy[] = [];
  for (const applicationId of applicationIds ?? (await listApplicationIds(ctx.database.prisma, {}))) {
    signal?.throwIfAborted();
    const differences = await recheckOne(ctx, applicationId, signal);
    if (differences.length > 0) found.push({ applicationId, differences });
  }
  return found;
}

async function recheckOne(ctx: WorkerContext, applicationId: string, signal?: AbortSignal): Promise<string[]> {
  const { prisma } = ctx.database;
  const [application, state, facts, stored, openRecords] = await Promise.all([
    findDeclared(prisma, applicationId),
    findState(prisma, applicationId),
    readComparisonFacts(prisma, applicationId),
    listObjectRows(prisma, applicationId),
    listOpenDrifts(prisma, applicationId),
  ]);
  if (!application || !state || application.agent !== 'native' || facts.last?.isActive) return [];
  try {
    const live = await ctx.ports.live.cluster(application.clusterId);
    const compared = await compareNow({ ctx, application, live, signal, isScratch: true }, { state, facts });
    if (compared.isSettling) return [];
    const words = objectDifferences(stored, compared.rows);
    if (compared.summary.digest !== state.digest) words.push('the summary row differs');
    const drift = reconcileDrift({ openRecords, observed: compared.observed, now: ctx.clock.now().toISOString() });
    for (const one of drift.open) words.push(`${one.objectKey}: drift of ${one.path || 'the object'} has no record`);
    for (const one of drift.close) words.push(`drift record ${one.id} is open and nothing differs`);
    return words;
  } catch (error) {
    if (error instanceof ClusterError) return [];
    throw error;
  }
}

type Row = Parameters<typeof rowText>[0];

function objectDifferences(stored: readonly Row[], fresh: readonly Row[]): string[] {
  const before = new Map(stored.map((row) => [row.key, rowText(row)]));
  const now = new Map(fresh.map((row) => [row.key, rowText(row)]));
  return [
    ...[...now].filter(([key, text]) => before.get(key) !== text).map(([key]) => `${key}: the stored state differs`),
    ...[...before.keys()].filter((key) => !now.has(key)).map((key) => `${key}: stored, and not there`),
  ];
}
