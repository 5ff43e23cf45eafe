import type { ComparisonFacts } from '#lib/database/comparing.ts';
import type { DeclaredRow, StateRow } from '#lib/database/states.ts';
import { syncPolicy, type SyncPolicy } from '#lib/contracts/sync-policy.ts';
import { aggregateHealth } from '#lib/domain/health/aggregate.ts';
import {
  ATTENTION_REASONS,
  type AttentionInput,
  type AttentionReason,
  attentionOf,
  DEFAULT_LIMITS,
} from '#lib/domain/health/attention.ts';
import { describeFights } from '#lib/domain/drift/fight.ts';
import { causeFingerprint } from '#lib/domain/health/explain.ts';
import { formatObjectKey, parseObjectKey } from '#lib/domain/resource/manifest.ts';
import type { SyncStatus } from '#lib/domain/sync/status.ts';
import { digestOf, shortDigest } from '../shared/digest.ts';
import type { Judged, Subject } from './judge.ts';
import type { ExplainedHealth } from './rows.ts';

/** One declared object with its verdicts. */
export interface JudgedObject {
  subject: Subject;
  judged: Judged;
  health: ExplainedHealth;
}

/** As much of it as the application's row is made of; `target` is null where Git has no such object. */
export interface SummaryObject {
  subject: { key: string; target: unknown };
  judged: { classification: { sync: SyncStatus } };
  health: ExplainedHealth;
}

export interface SummaryInput {
  application: DeclaredRow;
  state: StateRow;
  facts: ComparisonFacts;
  objects: readonly SummaryObject[];
  driftCount: number;
  now: Date;
}

/** What the application's row says after a comparison, and when time alone will change it. */
export interface Summary {
  row: ReturnType<typeof rowOf>;
  digest: string;
  /** Milliseconds until the same input would be judged otherwise; null when never. */
  againMs: number | null;
}

export const policyOfDeclared = (application: DeclaredRow): SyncPolicy =>
  syncPolicy.parse(application.syncPolicy ?? {});

/** Folds the verdicts of all objects into the one narrow row that lists read. Pure but for hashing. */
export function summarise(input: SummaryInput): Summary {
  const row = rowOf(input);
  const { state } = input;
  const { causeSince: _since, ...shown } = row;
  const digest = digestOf({
    ...shown,
    target: state.targetSha,
    deployed: state.deployedSha,
    deployment: state.deploymentId,
    error: state.error,
  });
  return { row, digest, againMs: againMs(input, row) };
}

function rowOf(input: SummaryInput) {
  const { application, state, facts, objects, now } = input;
  const policy = policyOfDeclared(application);
  const wanted = objects.filter(({ subject }) => subject.target !== null);
  const health = aggregateHealth(
    wanted.flatMap(({ subject, health: own }) => {
      const key = parseObjectKey(subject.key);
      return key ? [{ key, health: own }] : [];
    }),
    { deployed: state.deployedSha !== null, homeNamespace: application.namespace },
  );
  const compared = state.targetSetId !== null || facts.pin !== null;
  const status = compared ? health.status : ('Unknown' as const);
  const outOfSyncCount = objects.filter(({ judged }) => judged.classification.sync === 'OutOfSync').length;
  const sync: SyncStatus = facts.last?.isActive
    ? 'Syncing'
    : !compared
      ? 'Unknown'
      : outOfSyncCount > 0
        ? 'OutOfSync'
        : 'Synced';
  const attention = attentionWithError(input, { sync, health: status, healthMessage: health.message, policy });
  const cause = attention.cause || (status === 'Healthy' ? '' : health.message);
  const lead = health.object === null ? undefined : formatObjectKey(health.object);
  const source = objects.find(({ subject }) => subject.key === lead)?.health.cause ?? cause;
  // The object's own words where they are what is shown: another reason to look is another cause, whatever ails the object.
  const grouped = source !== '' && cause.includes(source) ? source : cause;
  const fingerprint = cause === '' ? '' : shortDigest(causeFingerprint(grouped));
  const isSame = state.health === status && state.causeFingerprint === fingerprint && state.causeSince !== null;
  return {
    clusterId: application.clusterId,
    repositoryId: application.repositoryId,
    agent: application.agent,
    sync,
    health: status,
    attention: ATTENTION_REASONS.length - 1 - ATTENTION_REASONS.indexOf(attention.reason),
    attentionReason: attention.reason === 'ok' ? '' : attention.reason,
    cause,
    causeFingerprint: fingerprint,
    causeSince: status === 'Healthy' && cause === '' ? null : isSame ? state.causeSince : now,
    objectCount: wanted.length,
    outOfSyncCount,
    driftCount: input.driftCount,
    pinned: facts.pin !== null,
    suspended: facts.suspension !== null,
    automated: policy.automated,
    activeOperationId: facts.last?.isActive ? facts.last.id : null,
  };
}

interface Judgement {
  sync: SyncStatus;
  health: ExplainedHealth['status'];
  healthMessage: string;
  policy: SyncPolicy;
}

/** A step that failed is a reason to look, unless something worse is. */
function attentionWithError(
  { application, state, facts, driftCount, now }: SummaryInput,
  { sync, health, healthMessage, policy }: Judgement,
): { reason: AttentionReason; cause: string } {
  const since = state.health === health ? state.causeSince : null;
  const attention = attentionOf({
    sync,
    health,
    healthMessage,
    healthSince: (since ?? now).getTime(),
    lastOperation: facts.last && { phase: facts.last.phase, message: facts.last.message },
    openDrifts: driftCount,
    fight: driftCount > 0 ? describeFights(facts.relapses) : null,
    protected: application.protected,
    automaticSync: policy.automated,
    hold: holdOf(facts),
    deployed: state.deployedSha !== null,
    now: now.getTime(),
  });
  if (state.error === null) return attention;
  const isLower = ATTENTION_REASONS.indexOf(attention.reason) >= ATTENTION_REASONS.indexOf('out-of-sync-manual');
  if (!isLower) return attention;
  return { reason: attention.reason === 'ok' ? 'unknown' : attention.reason, cause: state.error };
}

/** The hold whose end is due first: it is the one that may be overdue. */
function holdOf({ pin, suspension }: ComparisonFacts): AttentionInput['hold'] {
  const holds = [
    ...(pin ? [{ kind: 'pin' as const, expiresAt: pin.expiresAt.getTime() }] : []),
    ...(suspension ? [{ kind: 'suspension' as const, expiresAt: suspension.expiresAt.getTime() }] : []),
  ];
  return holds.toSorted((a, b) => a.expiresAt - b.expiresAt)[0] ?? null;
}

/** Only what waits for a limit to pass changes by time alone. */
function againMs({ facts, now }: SummaryInput, row: ReturnType<typeof rowOf>): number | null {
  const waits: number[] = [];
  const since = (row.causeSince ?? now).getTime();
  if (row.health === 'Progressing') waits.push(since + DEFAULT_LIMITS.progressingMs - now.getTime());
  if (row.health === 'Terminating') waits.push(since + DEFAULT_LIMITS.terminatingMs - now.getTime());
  const hold = holdOf(facts);
  if (hold?.expiresAt != null) waits.push(hold.expiresAt - now.getTime());
  const coming = waits.filter((wait) => wait >= 0).map((wait) => wait + 1_000);
  return coming.length === 0 ? null : Math.min(...coming);
}
