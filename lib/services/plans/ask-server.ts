import type { Comparison } from '#lib/domain/diff/difference.ts';
import { type Manifest, parseApiVersion } from '#lib/domain/resource/manifest.ts';
import { FIELD_MANAGER } from '#lib/domain/resource/tracking.ts';
import { withoutPaths } from '#lib/domain/sync/edit-paths.ts';
import { isOwnClaim, type Migration } from '#lib/domain/sync/migration.ts';
import { type ApiKind, type ClusterClient, ClusterError, type FieldConflict } from '#lib/ports/cluster.ts';
import { type ObjectWrite, writeObject } from './write-object.ts';

/** Reasons that are about the object, not about the cluster. */
const REFUSALS = new Set(['forbidden', 'not-found', 'conflict', 'invalid']);

type Question = Omit<ObjectWrite, 'ref'> & { kind: ApiKind };

/** The object as the server would store it; a refusal of this object is answered, a cluster that fails is thrown. */
export async function dryRun(
  client: ClusterClient,
  { kind, ...write }: Question,
  signal: AbortSignal | undefined,
): Promise<Manifest | ClusterError> {
  return answerOf(() => writeObject(client, { ref: refOf(kind, write.manifest), ...write }, { dryRun: true, signal }));
}

/**
 * The same of an object that is there, which fields others set otherwise, and whether any has to be taken at all. Where it does not force, those are found by
 * asking once more with force; our own older writes and what a takeover makes ours contest nothing.
 */
export async function dryRunContested(
  client: ClusterClient,
  question: Question & { migration: Migration | null },
  signal: AbortSignal | undefined,
): Promise<{ answer: Manifest | ClusterError; contested: FieldConflict[]; isClaimed: boolean }> {
  const first = await dryRun(client, { ...question, forces: false }, signal);
  if (!(first instanceof ClusterError) || first.conflicts.length === 0)
    return { answer: first, contested: [], isClaimed: false };
  const contested = first.conflicts.filter(({ manager }) => !isOwnClaim(manager, question.migration));
  return { answer: await dryRun(client, { ...question, forces: true }, signal), contested, isClaimed: true };
}

/** What is left of a predicted object when a takeover has removed what Git leaves out. */
export async function dryRunMigration(
  client: ClusterClient,
  { predicted, kind, comparison }: { predicted: Manifest; kind: ApiKind; comparison: Comparison },
  signal: AbortSignal | undefined,
): Promise<Manifest | ClusterError> {
  const differences = comparison.verdict === 'equal' ? [] : comparison.differences;
  const removed = differences.flatMap(({ path, desired }) => (desired === undefined ? [path] : []));
  if (removed.length === 0) return predicted;
  const { managedFields: _fields, ...metadata } = predicted.metadata;
  const manifest = withoutPaths({ ...predicted, metadata }, removed);
  const call = { fieldManager: FIELD_MANAGER, dryRun: true, validate: false, ...(signal ? { signal } : {}) };
  return answerOf(() => client.replace(refOf(kind, predicted), manifest, call));
}

function refOf(kind: ApiKind, { apiVersion, metadata }: Manifest) {
  const { namespace = '', name } = metadata;
  return { kind: { ...kind, version: parseApiVersion(apiVersion).version }, namespace, name };
}

async function answerOf(ask: () => Promise<Manifest>): Promise<Manifest | ClusterError> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ClusterError && REFUSALS.has(error.reason)) return error;
    throw error;
  }
}
