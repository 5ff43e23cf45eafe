import {
  findOperation,
  type ObjectProgress,
  type OperationWithObjects,
  saveObjectProgress,
} from '#lib/database/operations.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { maskKnown } from '#lib/domain/diff/mask-text.ts';
import {
  describeObjectKey,
  formatObjectKey,
  type Manifest,
  objectKeyOf,
  parseApiVersion,
} from '#lib/domain/resource/manifest.ts';
import { syncOptionsOf } from '#lib/domain/sync/options.ts';
import type { PlannedObject } from '#lib/domain/sync/plan.ts';
import { ClusterError } from '#lib/ports/cluster.ts';
import type { WorkerContext } from '../context.ts';
import type { Survey } from '../plans/survey.ts';
import { writeObject } from '../plans/write-object.ts';
import { mapLimit } from '../shared/map-limit.ts';
import { isOutage } from './hindrance.ts';
import { tendHook } from './hooks.ts';
import { makeAnew } from './make-anew.ts';
import { takeOver } from './take-over.ts';

/** Applies under way at once in one step. */
const CONCURRENCY = 16;
/** Milliseconds between two writes of progress; the screen batches in the same rhythm. */
const PROGRESS_MS = 100;

export interface ApplyRequest {
  row: OperationWithObjects;
  survey: Survey;
  /** Only these object keys, in steps. */
  steps: string[][];
  signal?: AbortSignal | undefined;
}

/** Collects results and stores them in batches, so that 500 objects cost a few writes. */
class Progress {
  readonly #ctx: WorkerContext;
  readonly #operationId: string;
  #waiting: ObjectProgress[] = [];
  #last = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(ctx: WorkerContext, operationId: string) {
    this.#ctx = ctx;
    this.#operationId = operationId;
  }

  async add(progress: ObjectProgress): Promise<void> {
    this.#waiting.push(progress);
    if (performance.now() - this.#last >= PROGRESS_MS) await this.flush();
  }

  async flush(): Promise<void> {
    this.#last = performance.now();
    const batch = this.#waiting;
    this.#waiting = [];
    const before = this.#writing;
    this.#writing = (async () => {
      await before;
      await this.#store(batch);
    })();
    await this.#writing;
  }

  async #store(batch: ObjectProgress[]): Promise<void> {
    if (batch.length === 0) return;
    await inTransaction(this.#ctx.database, async ({ tx, changed }) => {
      await saveObjectProgress(tx, { id: this.#operationId, at: this.#ctx.clock.now() }, batch);
      changed(`operation:${this.#operationId}`);
    });
  }
}

export interface Applied {
  failed: number;
  terminated: boolean;
  /** Why some objects are still pending: the cluster stopped answering. Null when none is. */
  outage: ClusterError | null;
  /** What a hook that has not ended waits for, in words; '' when none runs. */
  waitsFor: string;
}

/**
 * Applies the objects of the given steps: side by side inside a step, step after step; a step with a failure or an outage
 * is the last. Results are stored as they come. Idempotent: a server-side apply of what is there already changes nothing.
 */
export async function applySteps(ctx: WorkerContext, request: ApplyRequest): Promise<Applied> {
  const planned = new Map(request.survey.planned.map((one) => [one.id, one]));
  const progress = new Progress(ctx, request.row.id);
  const done: Applied = { failed: 0, terminated: false, outage: null, waitsFor: '' };
  for (const step of request.steps) {
    if (await wasTerminated(ctx, request.row.id)) return { ...done, terminated: true };
    await mapLimit(step, CONCURRENCY, async (id) => {
      const one = planned.get(id);
      if (!one || done.outage) return;
      const { outage, ...result } = await act(request, one);
      if (result.result === 'failed') done.failed += 1;
      if (outage) done.outage ??= outage;
      if (one.action === 'hook' && !['ran', 'failed'].includes(result.result))
        done.waitsFor ||= `${one.phase} hook ${describeObjectKey(one.key)}: ${result.message}`;
      await progress.add(result);
    });
    await progress.flush();
    if (done.failed > 0 || done.outage || done.waitsFor !== '') break;
    await awaitNewKinds(request, step);
  }
  return done;
}

async function wasTerminated(ctx: WorkerContext, operationId: string): Promise<boolean> {
  const row = await findOperation(ctx.database.prisma, operationId);
  return row === null || row.terminateRequestedAt !== null;
}

async function act(request: ApplyRequest, planned: PlannedObject): Promise<ObjectProgress & { outage?: ClusterError }> {
  const { survey, signal } = request;
  const live = survey.extra.get(planned.id);
  const examined = survey.examined.get(formatObjectKey(planned.key));
  const { manifest, known = [], options, isMadeAnew = false, forces = true } = examined ?? {};
  if (!planned.selected) return { key: planned.id, result: 'skipped', message: planned.note };
  try {
    if (planned.action === 'hook') return await tendHook({ row: request.row, survey, planned, signal });
    if (planned.action === 'prune' && live) return await prune(request, planned.id, live);
    if (planned.action === 'unchanged')
      return { key: planned.id, result: doneBefore(request, planned.id), message: '' };
    if (planned.action === 'conflict' || !manifest || !options)
      return { key: planned.id, result: 'failed', message: planned.note };
    const { group, kind, namespace, name } = planned.key;
    const served = await survey.cluster.kind(group, kind);
    if (!served) return { key: planned.id, result: 'failed', message: `The cluster does not serve ${kind}.` };
    const ref = { kind: { ...served, version: parseApiVersion(manifest.apiVersion).version }, namespace, name };
    const write = { ref, manifest, options, exists: planned.action === 'change', forces };
    if (isMadeAnew) await makeAnew(survey.cluster, write, signal);
    else {
      if (examined?.migration) await takeOver(survey.cluster.client, ref, signal);
      await writeObject(survey.cluster.client, write, { dryRun: false, signal });
    }
    return { key: planned.id, result: planned.action === 'create' ? 'created' : 'configured', message: '' };
  } catch (error) {
    signal?.throwIfAborted();
    const message = masked(error, known);
    if (error instanceof ClusterError && isOutage(error)) {
      // Whether it arrived is not known; the next try finds out. A hook that runs is asked again.
      const outage = new ClusterError(error.reason, message, { cause: error });
      const before = request.row.objects.find((object) => object.key === planned.id)?.result;
      return { key: planned.id, result: before === 'running' ? before : 'pending', message, outage };
    }
    return { key: planned.id, result: 'failed', message };
  }
}

/** An object that was to be written and needs nothing now was written by the worker that died before it could say so. */
function doneBefore({ row }: ApplyRequest, id: string): ObjectProgress['result'] {
  return resultOfAction(row.objects.find((object) => object.key === id)?.action ?? 'unchanged');
}

export function resultOfAction(action: string): ObjectProgress['result'] {
  if (action === 'create') return 'created';
  return action === 'change' ? 'configured' : action === 'prune' ? 'pruned' : 'unchanged';
}

async function prune(request: ApplyRequest, id: string, live: Manifest): Promise<ObjectProgress> {
  const { group, kind, namespace, name } = objectKeyOf(live);
  const served = await request.survey.cluster.kind(group, kind);
  if (served) {
    await request.survey.cluster.client.remove(
      { kind: served, namespace, name },
      {
        propagation: syncOptionsOf(live, request.survey.policy).options.propagation,
        ...(live.metadata.uid === undefined ? {} : { uid: live.metadata.uid }),
        ...(request.signal ? { signal: request.signal } : {}),
      },
    );
  }
  return { key: id, result: 'pruned', message: '' };
}

/** The server may quote what it was sent: a Secret's own values are taken out beside the usual patterns. */
function masked(error: unknown, known: readonly string[]): string {
  const text = error instanceof Error ? error.message : String(error);
  return maskKnown(text, known).slice(0, 2_000);
}

/** A custom resource can be applied only once its definition is served. */
async function awaitNewKinds(request: ApplyRequest, step: string[]): Promise<void> {
  for (const id of step) {
    const manifest = request.survey.examined.get(id)?.manifest;
    if (manifest?.kind !== 'CustomResourceDefinition') continue;
    const spec: unknown = manifest['spec'];
    if (typeof spec !== 'object' || spec === null || !('group' in spec) || !('names' in spec)) continue;
    const names: unknown = spec.names;
    const kind = typeof names === 'object' && names !== null && 'kind' in names ? String(names.kind) : '';
    await waitUntil(async () => (await request.survey.cluster.kind(String(spec.group), kind)) !== null, request.signal);
  }
}

const KIND_TIMEOUT_MS = 30_000;

async function waitUntil(condition: () => Promise<boolean>, signal: AbortSignal | undefined): Promise<void> {
  const deadline = performance.now() + KIND_TIMEOUT_MS;
  while (!(await condition()) && performance.now() < deadline) {
    signal?.throwIfAborted();
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
}
