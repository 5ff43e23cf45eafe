import { compareObject } from '#lib/domain/diff/compare.ts';
import type { Comparison } from '#lib/domain/diff/difference.ts';
import type { KindSchema } from '#lib/domain/diff/field-schema.ts';
import { type ImmutableField, needsReplace, refusedFields } from '#lib/domain/diff/immutable.ts';
import { compareOptionsOf } from '#lib/domain/diff/leave-alone.ts';
import { ownedFields } from '#lib/domain/diff/managed-fields.ts';
import { maskManifest, secretTexts } from '#lib/domain/diff/mask.ts';
import { maskKnown } from '#lib/domain/diff/mask-text.ts';
import { normaliseDesired } from '#lib/domain/diff/normalise.ts';
import { hookOf } from '#lib/domain/resource/hook.ts';
import { formatObjectKey, type Manifest, objectKeyOf, parseApiVersion } from '#lib/domain/resource/manifest.ts';
import { trackedApplication } from '#lib/domain/resource/tracking.ts';
import { schemaOfManifest } from '#lib/domain/schema/lookup.ts';
import { needsNewObject, type PolicyOptions, type SyncOptions, syncOptionsOf } from '#lib/domain/sync/options.ts';
import type { LiveFacts } from '#lib/domain/sync/plan.ts';
import { type ApiKind, ClusterError } from '#lib/ports/cluster.ts';
import type { LiveCluster } from '#lib/ports/live.ts';
import { type ObjectWrite, writeObject } from './write-object.ts';

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
  signal?: AbortSignal | undefined;
}

/** Reasons that are about the object, not about the cluster. */
const REFUSALS = new Set(['forbidden', 'not-found', 'conflict', 'invalid']);

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
  const base: Examined = { id, manifest, known, desired, kind, facts: { live: maskedLive }, ...asked };
  if (!kind) {
    const coming = options.skipDryRunOnMissing || context.newKinds.has(`${key.group}/${key.kind}`);
    return coming ? base : { ...base, refusal: `the cluster does not serve ${manifest.apiVersion} ${key.kind}` };
  }
  if (!live || !maskedLive) {
    if (context.newNamespaces.has(key.namespace)) return base;
    const answer = await dryRun(context, { manifest, kind, options, exists: false });
    return answer instanceof ClusterError ? { ...base, refusal: maskKnown(answer.message, known) } : base;
  }
  // What a hook's last run left is no state to compare with; it goes, or is taken as it is, when the hook runs again.
  if (hookOf(manifest)) return base;
  const owner = trackedApplication(live);
  if (owner !== null && owner !== context.applicationId) return base;
  if (isLeftAlone(manifest, live)) return { ...base, facts: { live: maskedLive, comparison: { verdict: 'equal' } } };
  const schema = schemaOfManifest(context.cluster.schemas, manifest);
  const comparison = compareObject({
    desired,
    live: maskedLive,
    schema,
    ownedFields: ownedFields(live.metadata.managedFields),
  });
  if (comparison.verdict === 'equal') return { ...base, facts: { live: maskedLive, comparison } };
  const answer = await dryRun(context, { manifest, kind, options, exists: true });
  if (answer instanceof ClusterError)
    return {
      ...base,
      ...refused(answer, base),
      needsReplace: frozenFields(answer, { desired, live: maskedLive, comparison, schema }),
      facts: { live: maskedLive, comparison },
    };
  return { ...base, facts: { live: maskedLive, predicted: maskManifest(answer, context.keyedHash, known), schema } };
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

/** Our own table names the fields with their reason; what only the server knows is read out of its words. */
function frozenFields(
  { reason, message }: ClusterError,
  {
    desired,
    live,
    comparison,
    schema,
  }: { desired: Manifest; live: Manifest; comparison: Comparison; schema: KindSchema | null },
): ImmutableField[] {
  if (reason !== 'invalid' || comparison.verdict === 'equal') return [];
  const known = needsReplace({ live, desired, differences: comparison.differences, schema });
  return known.length > 0 ? known : refusedFields(message);
}

/** The object as the server would store it; a refusal of this object is answered, a cluster that fails is thrown. */
async function dryRun(
  context: ExamineContext,
  { kind, ...write }: Omit<ObjectWrite, 'ref'> & { kind: ApiKind },
): Promise<Manifest | ClusterError> {
  const { manifest } = write;
  const { namespace = '', name } = manifest.metadata;
  const ref = { kind: { ...kind, version: parseApiVersion(manifest.apiVersion).version }, namespace, name };
  try {
    return await writeObject(context.cluster.client, { ref, ...write }, { dryRun: true, signal: context.signal });
  } catch (error) {
    if (error instanceof ClusterError && REFUSALS.has(error.reason)) return error;
    throw error;
  }
}
