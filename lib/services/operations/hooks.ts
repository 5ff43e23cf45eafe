import type { ObjectProgress, OperationWithObjects } from '#lib/database/operations.ts';
import { secretTexts } from '#lib/domain/diff/mask.ts';
import { maskKnown } from '#lib/domain/diff/mask-text.ts';
import { type HookDeletePolicy, hookOf } from '#lib/domain/resource/hook.ts';
import { formatObjectKey, type Manifest, objectKeyOf, parseApiVersion } from '#lib/domain/resource/manifest.ts';
import { FIELD_MANAGER, withTracking } from '#lib/domain/resource/tracking.ts';
import { HOOK_FINALIZER, hookObject, hookStateOf, isOfRun, mustGoFirst } from '#lib/domain/sync/hook-run.ts';
import type { PlannedObject } from '#lib/domain/sync/plan.ts';
import type { ObjectRef } from '#lib/ports/cluster.ts';
import type { LiveCluster } from '#lib/ports/live.ts';
import type { Survey } from '../plans/survey.ts';

/** Owns nothing but the finalizer of a run, so that letting go of it changes nothing else. */
const HOLDER = `${FIELD_MANAGER}-hook`;

export interface HookWork {
  row: OperationWithObjects;
  survey: Survey;
  planned: PlannedObject;
  signal: AbortSignal | undefined;
}

/**
 * Brings one run of a hook a step further and answers how it stands: `pending` while what the last run left still goes,
 * `running`, `ran` or `failed`. Safe to call again after a crash at any point: what the run made carries its mark, and
 * whether it was made is in the row. Throws ClusterError.
 */
export async function tendHook(work: HookWork): Promise<ObjectProgress> {
  const run = await lookAt(work);
  const { planned, row } = work;
  const answer = (result: ObjectProgress['result'], message = '') => ({ key: planned.id, result, message });
  if (run === null) return answer('failed', `The cluster does not serve ${planned.key.kind}.`);
  const wasMade = row.objects.some((object) => object.key === planned.id && object.result === 'running');
  const { live } = run;
  if (live && isOfRun(live, run.id)) {
    await hold(run, live);
    const descendants = live.metadata.uid === undefined ? [] : run.cluster.descendants([live.metadata.uid]);
    const { state, message } = hookStateOf(live, descendants);
    const masked = maskKnown(message, secretTexts(live)).slice(0, 2_000);
    return answer(state === 'succeeded' ? 'ran' : state, masked);
  }
  if (wasMade) return answer('failed', 'It was deleted before its end was seen.');
  if (live && mustGoFirst(live, run.deletePolicies)) {
    await letGo(run, live);
    await remove(run, live);
    return answer('pending', 'Waiting for what the last run left to go.');
  }
  const made = await run.cluster.client.apply(run.ref, run.manifest, {
    ...optionsOf(work),
    fieldManager: FIELD_MANAGER,
    force: true,
    dryRun: false,
  });
  await hold(run, made);
  return answer('running', 'It was started.');
}

/**
 * After a run of a hook ended and that is stored: lets go of what it made, and deletes it where the hook says so. `terminated`
 * deletes it whatever it says: the operation was stopped, or nobody looks after it any more. Idempotent.
 */
export async function settleHook(work: HookWork, result: 'ran' | 'failed' | 'terminated'): Promise<void> {
  const run = await lookAt(work);
  if (!run?.live || !isOfRun(run.live, run.id)) return;
  await letGo(run, run.live);
  const policy = result === 'ran' ? 'HookSucceeded' : 'HookFailed';
  if (result === 'terminated' || run.deletePolicies.includes(policy)) await remove(run, run.live);
}

interface Run {
  cluster: LiveCluster;
  ref: ObjectRef;
  id: { operationId: string; phase: PlannedObject['phase'] };
  /** What the run creates. In memory only. */
  manifest: Manifest;
  live: Manifest | null;
  deletePolicies: readonly HookDeletePolicy[];
  signal: AbortSignal | undefined;
}

const optionsOf = ({ signal }: { signal: AbortSignal | undefined }) => (signal ? { signal } : {});

/** Null when the cluster does not serve the kind, or the set holds the hook no more. */
async function lookAt({ row, survey, planned, signal }: HookWork): Promise<Run | null> {
  const { cluster } = survey;
  const source = survey.examined.get(formatObjectKey(planned.key))?.manifest;
  const kind = await cluster.kind(planned.key.group, planned.key.kind);
  if (!source || !kind) return null;
  const id = { operationId: row.id, phase: planned.phase };
  const manifest = withTracking(row.applicationId, hookObject(source, { ...id, revision: survey.revision }));
  const key = objectKeyOf(manifest);
  const found = await cluster.read([key], { fresh: true, ...optionsOf({ signal }) });
  return {
    cluster,
    id,
    manifest,
    signal,
    ref: {
      kind: { ...kind, version: parseApiVersion(manifest.apiVersion).version },
      namespace: manifest.metadata.namespace ?? '',
      name: manifest.metadata.name,
    },
    live: found.get(formatObjectKey(key)) ?? null,
    deletePolicies: hookOf(source)?.deletePolicies ?? [],
  };
}

async function hold(run: Run, live: Manifest): Promise<void> {
  const isHeld = live.metadata.finalizers?.includes(HOOK_FINALIZER) ?? false;
  if (!isHeld && live.metadata.deletionTimestamp === undefined) await setFinalizers(run, live, [HOOK_FINALIZER]);
}

async function letGo(run: Run, live: Manifest): Promise<void> {
  if (live.metadata.finalizers?.includes(HOOK_FINALIZER)) await setFinalizers(run, live, []);
}

/** The uid keeps the apply from making an object of the same name anew. */
async function setFinalizers(run: Run, live: Manifest, finalizers: string[]): Promise<void> {
  const { name, namespace, uid } = live.metadata;
  const metadata = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(uid === undefined ? {} : { uid }),
    ...(finalizers.length === 0 ? {} : { finalizers }),
  };
  const manifest = { apiVersion: live.apiVersion, kind: live.kind, metadata };
  await run.cluster.client.apply(run.ref, manifest, {
    ...optionsOf(run),
    fieldManager: HOLDER,
    force: true,
    dryRun: false,
  });
}

async function remove(run: Run, live: Manifest): Promise<void> {
  if (live.metadata.deletionTimestamp !== undefined) return;
  const { uid } = live.metadata;
  await run.cluster.client.remove(run.ref, { ...optionsOf(run), ...(uid === undefined ? {} : { uid }) });
}
