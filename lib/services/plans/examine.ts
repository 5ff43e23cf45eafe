import { compareObject } from '#lib/domain/diff/compare.ts';
import type { Comparison } from '#lib/domain/diff/difference.ts';
import type { KindSchema } from '#lib/domain/diff/field-schema.ts';
import { applyIgnoreRules, type IgnoreRule } from '#lib/domain/diff/ignore.ts';
import { type ImmutableField, needsReplace, refusedFields } from '#lib/domain/diff/immutable.ts';
import { compareOptionsOf } from '#lib/domain/diff/leave-alone.ts';
import { ownedFields } from '#lib/domain/diff/managed-fields.ts';
import { maskManifest, secretTexts } from '#lib/domain/diff/mask.ts';
import { maskKnown } from '#lib/domain/diff/mask-text.ts';
import { normaliseDesired } from '#lib/domain/diff/normalise.ts';
import { hookOf } from '#lib/domain/resource/hook.ts';
import { formatObjectKey, type Manifest, objectKeyOf } from '#lib/domain/resource/manifest.ts';
import { trackedApplication } from '#lib/domain/resource/tracking.ts';
import { schemaOfManifest } from '#lib/domain/schema/lookup.ts';
import { withLivePaths } from '#lib/domain/sync/edit-paths.ts';
import { type Migration, migrationOf } from '#lib/domain/sync/migration.ts';
import { needsNewObject, type PolicyOptions, type SyncOptions, syncOptionsOf } from '#lib/domain/sync/options.ts';
import type { LiveFacts } from '#lib/domain/sync/plan.ts';
import { type ApiKind, ClusterError, type FieldConflict } from '#lib/ports/cluster.ts';
import type { LiveCluster } from '#lib/ports/live.ts';
import { dryRun, dryRunContested, dryRunMigration } from './ask-server.ts';

/** One rendered object beside what the cluster says of it. */
export interface Examined {
  /** Formatted key. */
  id: string;
  /** Unmasked, with tracking: what an apply sends. In memory only. */
  manifest: Manifest;
  /** Values of this Secret in Git and live, which no message may repeat. In memory only. */
  known: readonly string[];
  /** Masked and normalised. */
  desired: Manifest;
  kind: ApiKind | null;
  facts: LiveFacts;
  /** Why the server would refuse it, masked; null when it would not. */
  refusal: string | null;
  /** It cannot be changed into this, and its options let it be deleted and made anew. */
  isMadeAnew: boolean;
  /** Which fields those are; empty where the server refused nothing. */
  needsReplace: ImmutableField[];
  options: SyncOptions;
  /** Fields that other managers set otherwise, where a person is to be asked. */
  contested: FieldConflict[];
  /** An apply takes fields from other managers. */
  forces: boolean;
  /** What was applied from the client's side and becomes ours; null where nothing was. */
  migration: Migration | null;
  /** Sync options on it that nobody knows. */
  unknownOptions: string[];
}

export interface ExamineContext {
  namespace: string;
  applicationId: string;
  cluster: LiveCluster;
  keyedHash: (value: string) => string;
  live: Map<string, Manifest>;
  /** Namespaces the same sync creates first: a dry run inside them would be refused. */
  newNamespaces: ReadonlySet<string>;
  /** `group/Kind` that CRDs of the same set bring. */
  newKinds: ReadonlySet<string>;
  policy: PolicyOptions;
  /** Ignore rules in force. */
  rules: readonly IgnoreRule[];
  /** Formatted keys that a person has taken over from other managers. */
  takeOver: ReadonlySet<string>;
  signal?: AbortSignal | undefined;
}

/** Compares one rendered object with what is live; asks the server by dry run only where the local answer is not "equal". */
export async function examineObject(context: ExamineContext, manifest: Manifest): Promise<Examined> {
  const key = objectKeyOf(manifest);
  const id = formatObjectKey(key);
  const kind = await context.cluster.kind(key.group, key.kind);
  const live = context.live.get(id) ?? null;
  const known = [manifest, ...(live ? [live] : [])].flatMap(secretTexts);
  const maskedLive = live ? maskManifest(live, context.keyedHash, known) : null;
  const desired = normaliseDesired(maskManifest(manifest, context.keyedHash), {
    defaultNamespace: context.namespace,
    namespaced: kind?.namespaced ?? key.namespace !== '',
  });
  const { options, unknown: unknownOptions } = syncOptionsOf(manifest, context.policy);
  const asked = { options, unknownOptions, refusal: null, isMadeAnew: false, needsReplace: [] };
  const claims = { contested: [], forces: true, migration: null };
  const base: Examined = { id, manifest, known, desired, kind, facts: { live: maskedLive }, ...asked, ...claims };
  if (!kind) {
    const coming = options.skipDryRunOnMissing || context.newKinds.has(`${key.group}/${key.kind}`);
    return coming ? base : { ...base, refusal: `the cluster does not serve ${manifest.apiVersion} ${key.kind}` };
  }
  if (!live || !maskedLive) {
    if (context.newNamespaces.has(key.namespace)) return base;
    const write = { manifest, kind, options, exists: false, forces: true };
    const answer = await dryRun(context.cluster.client, write, context.signal);
    return answer instanceof ClusterError ? { ...base, refusal: maskKnown(answer.message, known) } : base;
  }
  // What a hook's last run left is no state to compare with; it goes, or is taken as it is, when the hook runs again.
  if (hookOf(manifest)) return base;
  const owner = trackedApplication(live);
  if (owner !== null && owner !== context.applicationId) return base;
  if (isLeftAlone(manifest, live)) return { ...base, facts: { live: maskedLive, comparison: { verdict: 'equal' } } };
  const migration = owner === null && options.migrates ? migrationOf(live) : null;
  const schema = schemaOfManifest(context.cluster.schemas, manifest);
  const comparison = compareObject({
    desired,
    live: maskedLive,
    schema,
    ownedFields: ownedFields(migration?.managedFields ?? live.metadata.managedFields),
  });
  if (comparison.verdict === 'equal') return { ...base, migration, facts: { live: maskedLive, comparison } };
  const paths = hiddenPaths(context, base, comparison);
  if (paths.length > 0) return examineObject({ ...context, rules: [] }, withLivePaths(manifest, live, paths));
  const { answer, ...asking } = await askOfLive(context, { ...base, kind, migration }, comparison);
  if (answer instanceof ClusterError)
    return {
      ...base,
      ...refused(answer, base),
      needsReplace: frozenFields(answer, { ...base, live: maskedLive, comparison, schema }),
      facts: { live: maskedLive, comparison },
    };
  const predicted = maskManifest(answer, context.keyedHash, known);
  return { ...base, ...asking, migration, facts: { live: maskedLive, predicted, schema } };
}

/** Paths that an ignore rule hides, where the options leave those as they are live. */
function hiddenPaths(
  { rules, live }: ExamineContext,
  { id, manifest, desired, facts, options }: Examined,
  { differences }: Extract<Comparison, { differences: unknown }>,
): string[] {
  if (!options.respectIgnored) return [];
  const { ignored } = applyIgnoreRules({
    key: objectKeyOf(manifest),
    differences,
    rules,
    managedFields: live.get(id)?.metadata.managedFields,
    manifests: [desired, facts.live],
  });
  return ignored.map(({ difference }) => difference.path);
}

/** What the server would make of a live object, with the fields that others contest where the options say to ask first. */
async function askOfLive(
  { cluster: { client }, takeOver, signal }: ExamineContext,
  { id, manifest, options, kind, migration }: Examined & { kind: ApiKind },
  comparison: Comparison,
): Promise<{ answer: Manifest | ClusterError; contested: FieldConflict[]; forces: boolean }> {
  const write = { manifest, kind, options, exists: true, forces: true, migration };
  const { answer, contested, isClaimed } =
    options.conflicts === 'ask'
      ? await dryRunContested(client, write, signal)
      : { answer: await dryRun(client, write, signal), contested: [], isClaimed: true };
  const forces = contested.length === 0 ? isClaimed : takeOver.has(id);
  if (answer instanceof ClusterError || migration === null) return { answer, contested, forces };
  return {
    answer: await dryRunMigration(client, { predicted: answer, kind, comparison }, signal),
    contested,
    forces,
  };
}

/** An annotation says that what is there stays as it is. */
function isLeftAlone(manifest: Manifest, live: Manifest): boolean {
  const { ignored, onlyCreated } = compareOptionsOf([manifest, live]);
  return ignored !== null || onlyCreated !== null;
}

/** A field that only a new object can have otherwise: with `Force=true` it is made anew, else a person is told of that way. */
function refused(error: ClusterError, { known, options }: Examined): Pick<Examined, 'refusal' | 'isMadeAnew'> {
  const words = maskKnown(error.message, known);
  if (error.reason !== 'invalid' || !needsNewObject(words)) return { refusal: words, isMadeAnew: false };
  if (options.force) return { refusal: null, isMadeAnew: true };
  return {
    refusal: `${words.replace(/\.$/, '')}. It has to be deleted and made anew: delete it, or give it the sync option Force=true`,
    isMadeAnew: false,
  };
}

/** Our own table names the fields with their reason; what only the server knows is read out of its words, masked. */
function frozenFields(
  { reason, message }: ClusterError,
  {
    known: secrets,
    desired,
    live,
    comparison,
    schema,
  }: Pick<Examined, 'known' | 'desired'> & { live: Manifest; comparison: Comparison; schema: KindSchema | null },
): ImmutableField[] {
  if (reason !== 'invalid' || comparison.verdict === 'equal') return [];
  const known = needsReplace({ live, desired, differences: comparison.differences, schema });
  return known.length > 0 ? known : refusedFields(maskKnown(message, secrets));
}
