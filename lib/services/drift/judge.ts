import type { SetObject } from '#lib/database/rendering.ts';
import { compareObject } from '#lib/domain/diff/compare.ts';
import type { Comparison } from '#lib/domain/diff/difference.ts';
import { type HiddenField, hideFields, type LeveledRule } from '#lib/domain/diff/hidden.ts';
import { compareOptionsOf } from '#lib/domain/diff/leave-alone.ts';
import { isAsApplied, ownedFields } from '#lib/domain/diff/managed-fields.ts';
import { isSecret, maskManifest } from '#lib/domain/diff/mask.ts';
import { normaliseLive } from '#lib/domain/diff/normalise.ts';
import { comparePrediction } from '#lib/domain/diff/predict.ts';
import { type Classification, classifyObject } from '#lib/domain/drift/classify.ts';
import { type Manifest, objectKeyOf, parseApiVersion } from '#lib/domain/resource/manifest.ts';
import { FIELD_MANAGER, withTracking } from '#lib/domain/resource/tracking.ts';
import { schemaOfManifest } from '#lib/domain/schema/lookup.ts';
import type { SchemaNode } from '#lib/domain/schema/types.ts';
import { ClusterError } from '#lib/ports/cluster.ts';
import type { LiveCluster } from '#lib/ports/live.ts';
import type { WorkerContext } from '../context.ts';
import { digestOf } from '../shared/digest.ts';

/** One object an application declares, declared, or still tracks. */
export interface Subject {
  /** Formatted key. */
  key: string;
  ordinal: number;
  target: SetObject | null;
  deployed: SetObject | null;
  /** UNMASKED, in memory only. */
  live: Manifest | null;
}

export interface Judged {
  /** Equal signatures and the same schema give equal verdicts. */
  signature: string;
  /** What the kind's schema was; undefined when it was not known. */
  schema: SchemaNode | undefined;
  classification: Classification;
  /** Differences that do not count, and what hides each. */
  hidden: HiddenField[];
  /** Of the masked, normalised live object; null when it is not there. */
  liveHash: string | null;
}

export interface JudgeContext {
  ctx: WorkerContext;
  applicationId: string;
  cluster: LiveCluster;
  rules: readonly LeveledRule[];
  rulesDigest: string;
  signal?: AbortSignal | undefined;
}

/** What a verdict depends on; the resource version stands for the live object. */
function signatureOf(context: JudgeContext, { target, deployed, live }: Subject): string {
  const { uid = '', resourceVersion = '' } = live?.metadata ?? {};
  return [target?.hash, deployed?.hash, live ? `${uid}:${resourceVersion}` : '', context.rulesDigest].join('|');
}

/** Whether a verdict still holds: neither Git, the live object, the rules nor the kind's schema changed, so nothing is asked again. */
export function isCurrent(context: JudgeContext, subject: Subject, before: Judged | undefined): before is Judged {
  return before?.signature === signatureOf(context, subject) && before.schema === rootOf(context, subject);
}

function rootOf({ cluster }: JudgeContext, { target, deployed, live }: Subject): SchemaNode | undefined {
  const manifest = target?.body ?? deployed?.body ?? live;
  return manifest ? schemaOfManifest(cluster.schemas, manifest)?.root : undefined;
}

/** Compares one object with Git and with what was deployed; asks the server by dry run where the local answer is not certain. */
export async function judge(context: JudgeContext, subject: Subject): Promise<Judged> {
  const masked = subject.live ? maskLive(context, subject.live) : null;
  const { target, deployed } = subject;
  const targetVsLive = await compareWith(context, { desired: target, subject, masked });
  const deployedVsLive =
    deployed?.hash === target?.hash ? targetVsLive : await compareWith(context, { desired: deployed, subject, masked });
  const classification = classifyObject({
    target: target?.body ?? null,
    deployed: deployed?.body ?? null,
    live: masked,
    targetVsLive,
    deployedVsLive,
    isAsApplied: (path) => isAsApplied(path, subject.live?.metadata.managedFields),
    applied: ownedFields(subject.live?.metadata.managedFields) !== undefined,
  });
  return {
    signature: signatureOf(context, subject),
    schema: rootOf(context, subject),
    ...withoutHidden(context, subject, { classification, masked }),
    liveHash: masked ? digestOf(masked) : null,
  };
}

/** Masked and normalised: what may be stored and shown. */
export function maskLive({ ctx }: Pick<JudgeContext, 'ctx'>, live: Manifest): Manifest {
  return normaliseLive(maskManifest(live, (value) => ctx.keyring.hash(value)));
}

interface Pair {
  desired: SetObject | null;
  subject: Subject;
  masked: Manifest | null;
}

async function compareWith(context: JudgeContext, { desired, subject, masked }: Pair): Promise<Comparison | null> {
  const { live } = subject;
  if (!desired || !live || !masked) return null;
  const sides = await sameVersion(context, { desired: desired.body, live, masked });
  const comparison = compareObject({
    desired: desired.body,
    live: sides.masked,
    schema: schemaOfManifest(context.cluster.schemas, desired.body),
    ownedFields: ownedFields(sides.live.metadata.managedFields),
  });
  const { serverSideDiff } = compareOptionsOf([desired.body, live]);
  if (serverSideDiff === false) return comparison;
  if (serverSideDiff === true) return (await confirm(context, desired.body, sides.masked)) ?? comparison;
  if (comparison.verdict === 'equal') return comparison;
  if (comparison.verdict === 'different' && !isAdmittedOtherwise(subject, sides.live, comparison)) return comparison;
  return (await confirm(context, desired.body, sides.masked)) ?? comparison;
}

/** Deployed as Git has it, and yet our own apply left another value: an admission webhook may be at it, which only the server tells. */
function isAdmittedOtherwise(
  { target, deployed }: Subject,
  { metadata: { managedFields } }: Manifest,
  { differences }: Extract<Comparison, { verdict: 'different' }>,
): boolean {
  return target?.hash === deployed?.hash && differences.some(({ path }) => isAsApplied(path, managedFields));
}

/** The live object as Git's own version of its kind shows it; fields have other names and places in others. */
async function sameVersion(
  context: JudgeContext,
  sides: { desired: Manifest; live: Manifest; masked: Manifest },
): Promise<{ live: Manifest; masked: Manifest }> {
  const { desired, live } = sides;
  if (desired.apiVersion === live.apiVersion) return sides;
  const ref = await refOf(context, desired);
  const converted = ref ? await context.cluster.client.get(ref, callOptions(context)) : null;
  return converted ? { live: converted, masked: maskLive(context, converted) } : sides;
}

async function refOf({ cluster }: JudgeContext, desired: Manifest) {
  const key = objectKeyOf(desired);
  const kind = await cluster.kind(key.group, key.kind);
  if (!kind) return null;
  const { version } = parseApiVersion(desired.apiVersion);
  return { kind: { ...kind, version }, namespace: key.namespace, name: key.name };
}

/**
 * What the server says an apply would change; null when it may not be asked (read-only cluster), cannot be (the masked
 * values of a Secret are not the real ones) or refuses the object.
 */
async function confirm(context: JudgeContext, desired: Manifest, live: Manifest): Promise<Comparison | null> {
  if (context.cluster.access === 'read-only' || isSecret(desired)) return null;
  const ref = await refOf(context, desired);
  if (!ref) return null;
  try {
    const predicted = await context.cluster.client.apply(ref, withTracking(context.applicationId, desired), {
      fieldManager: FIELD_MANAGER,
      force: true,
      dryRun: true,
      ...callOptions(context),
    });
    const schema = schemaOfManifest(context.cluster.schemas, desired);
    const differences = comparePrediction(live, maskLive(context, predicted), schema);
    return differences.length === 0 ? { verdict: 'equal' } : { verdict: 'different', differences };
  } catch (error) {
    const refused =
      error instanceof ClusterError && ['forbidden', 'not-found', 'conflict', 'invalid'].includes(error.reason);
    if (refused) return null;
    throw error;
  }
}

/** Hidden fields of pending changes and of drift, each path once. */
function withoutHidden(
  { rules }: JudgeContext,
  { target, deployed, live }: Subject,
  { classification, masked }: { classification: Classification; masked: Manifest | null },
): { classification: Classification; hidden: HiddenField[] } {
  const desired = target?.body ?? deployed?.body ?? null;
  const manifest = desired ?? live;
  if (!manifest || classification.sync === 'Synced') return { classification, hidden: [] };
  const hide = (differences: Classification['pending']) =>
    hideFields({
      key: objectKeyOf(manifest),
      differences,
      rules,
      managedFields: live?.metadata.managedFields,
      desired,
      live: masked,
    });
  const pending = hide(classification.pending);
  const drift = hide(classification.drift);
  const drifted = new Set(drift.hidden.map(({ path }) => path));
  const equal = pending.kept.length + drift.kept.length === 0;
  return {
    classification: {
      pending: pending.kept,
      drift: drift.kept,
      sync: equal ? 'Synced' : 'OutOfSync',
      kind: drift.kept.length === 0 ? 'none' : classification.kind,
    },
    hidden: [...drift.hidden, ...pending.hidden.filter(({ path }) => !drifted.has(path))],
  };
}

function callOptions({ signal }: JudgeContext): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}
