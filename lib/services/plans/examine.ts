import { compareObject } from '#lib/domain/diff/compare.ts';
import type { Difference } from '#lib/domain/diff/difference.ts';
import { diffDocuments } from '#lib/domain/diff/document.ts';
import { ownedFields } from '#lib/domain/diff/managed-fields.ts';
import { maskManifest } from '#lib/domain/diff/mask.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import { normaliseDesired } from '#lib/domain/diff/normalise.ts';
import { comparePrediction } from '#lib/domain/diff/predict.ts';
import {
  describeObjectKey,
  formatObjectKey,
  type Manifest,
  type ObjectKey,
  objectKeyOf,
  parseApiVersion,
} from '#lib/domain/resource/manifest.ts';
import { FIELD_MANAGER, trackedApplication } from '#lib/domain/resource/tracking.ts';
import { schemaOfManifest } from '#lib/domain/schema/lookup.ts';
import type { PlanAction } from '#lib/domain/sync/status.ts';
import { type ApiKind, ClusterError } from '#lib/ports/cluster.ts';
import type { LiveCluster } from '#lib/ports/live.ts';

/** What one rendered object needs, as the API server itself answered by dry run where that was needed. */
export interface Examined {
  key: ObjectKey;
  id: string;
  /** Unmasked, with tracking: what an apply sends. In memory only. */
  manifest: Manifest;
  kind: ApiKind | null;
  action: PlanAction;
  /** Masked. */
  message: string;
  differences: Difference[];
  before: string;
  after: string;
}

export interface ExamineContext {
  applicationId: string;
  namespace: string;
  cluster: LiveCluster;
  keyedHash: (value: string) => string;
  live: Map<string, Manifest>;
  /** Namespaces the same sync creates first: a dry run inside them would be refused. */
  newNamespaces: ReadonlySet<string>;
  /** `group/Kind` that CRDs of the same set bring. */
  newKinds: ReadonlySet<string>;
  signal?: AbortSignal | undefined;
}

/** Compares one rendered object with what is live; asks the server only where the local answer is not "equal". */
export async function examineObject(context: ExamineContext, manifest: Manifest): Promise<Examined> {
  const key = objectKeyOf(manifest);
  const id = formatObjectKey(key);
  const kind = await context.cluster.kind(key.group, key.kind);
  const live = context.live.get(id) ?? null;
  const base: Examined = {
    key,
    id,
    manifest,
    kind,
    action: 'create',
    message: '',
    differences: [],
    before: '',
    after: '',
  };
  if (!kind) {
    if (context.newKinds.has(`${key.group}/${key.kind}`)) return created(context, base);
    return { ...base, action: 'conflict', message: `The cluster does not serve ${manifest.apiVersion} ${key.kind}.` };
  }
  const owner = live ? trackedApplication(live) : null;
  if (live && owner !== null && owner !== context.applicationId) {
    return {
      ...base,
      action: 'conflict',
      message: `${describeObjectKey(key)} belongs to another application (${owner}).`,
    };
  }
  if (!live) {
    if (context.newNamespaces.has(key.namespace)) return created(context, base);
    const refusal = await dryRun(context, base, kind);
    return refusal instanceof ClusterError ? refused(base, refusal) : created(context, base);
  }
  return examineLive(context, { ...base, kind }, live);
}

async function examineLive(
  context: ExamineContext,
  base: Examined & { kind: ApiKind },
  live: Manifest,
): Promise<Examined> {
  const maskedLive = maskManifest(live, context.keyedHash);
  const desired = normaliseDesired(maskManifest(base.manifest, context.keyedHash), {
    defaultNamespace: context.namespace,
    namespaced: base.kind.namespaced,
  });
  const schema = schemaOfManifest(context.cluster.schemas, base.manifest);
  const adopts = trackedApplication(live) === null;
  const local = compareObject({
    desired,
    live: maskedLive,
    schema,
    ownedFields: ownedFields(live.metadata.managedFields),
  });
  if (local.verdict === 'equal' && !adopts) return { ...base, action: 'unchanged' };
  const predicted = await dryRun(context, base, base.kind);
  if (predicted instanceof ClusterError) return refused(base, predicted);
  const maskedPrediction = maskManifest(predicted, context.keyedHash);
  const differences = comparePrediction(maskedLive, maskedPrediction, schema);
  if (differences.length === 0 && !adopts) return { ...base, action: 'unchanged' };
  const texts = diffDocuments({ desired: maskedPrediction, live: maskedLive, differences });
  const message = adopts ? 'Exists already and is not tracked yet: this application takes it over.' : '';
  return { ...base, action: 'change', message, differences, before: texts.live, after: texts.desired };
}

function created(context: ExamineContext, base: Examined): Examined {
  const masked = maskManifest(base.manifest, context.keyedHash);
  return { ...base, action: 'create', after: diffDocuments({ desired: masked, live: null, differences: [] }).desired };
}

function refused(base: Examined, error: ClusterError): Examined {
  return { ...base, action: 'conflict', message: maskText(error.message) };
}

/** The object as the server would store it; a refusal of this object is answered, a cluster that fails is thrown. */
async function dryRun(context: ExamineContext, base: Examined, kind: ApiKind): Promise<Manifest | ClusterError> {
  const { version } = parseApiVersion(base.manifest.apiVersion);
  const ref = { kind: { ...kind, version }, namespace: base.key.namespace, name: base.key.name };
  try {
    return await context.cluster.client.apply(ref, base.manifest, {
      fieldManager: FIELD_MANAGER,
      force: true,
      dryRun: true,
      ...(context.signal ? { signal: context.signal } : {}),
    });
  } catch (error) {
    if (error instanceof ClusterError && REFUSALS.has(error.reason)) return error;
    throw error;
  }
}

/** Reasons that are about the object, not about the cluster. */
const REFUSALS = new Set(['forbidden', 'not-found', 'conflict', 'invalid']);

/** What a prune of one live object looks like in a plan. */
export function examinePrune(context: ExamineContext, live: Manifest, prune: boolean): Examined {
  const key = objectKeyOf(live);
  const masked = maskManifest(live, context.keyedHash);
  return {
    key,
    id: formatObjectKey(key),
    manifest: live,
    kind: null,
    action: prune ? 'prune' : 'unchanged',
    message: prune ? '' : 'Not in Git any more; kept because prune is off.',
    differences: [],
    before: prune ? diffDocuments({ desired: null, live: masked, differences: [] }).live : '',
    after: '',
  };
}
