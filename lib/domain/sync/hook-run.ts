import { assessHealth } from '../health/assess.ts';
import { assessTree } from '../health/assess-tree.ts';
import type { HookDeletePolicy } from '../resource/hook.ts';
import { type Manifest, objectKeyOf } from '../resource/manifest.ts';
import type { SyncPhase } from './order.ts';

/** Names the run of a hook that made an object: `<operation id>@<phase>`. */
export const HOOK_RUN_ANNOTATION = 'quarterdeck.dev/hook-run';

/** Keeps what a hook leaves behind until its end was seen, whoever deletes it before (a time to live of nothing, a person). */
export const HOOK_FINALIZER = 'quarterdeck.dev/hook';

const LONGEST_NAME = 63;

export interface HookRun {
  operationId: string;
  phase: SyncPhase;
  /** Commit SHA. */
  revision: string;
}

/**
 * The object that a run of a hook creates: marked with the run, and under a name of its own where Git asks for a generated
 * one. The same run gives the same object, so that a worker that takes over finds what the last one began.
 */
export function hookObject(manifest: Manifest, { operationId, phase, revision }: HookRun): Manifest {
  const { generateName, ...metadata } = manifest.metadata;
  const suffix = `${revision.slice(0, 7)}-${phase.toLowerCase()}-${operationId.replaceAll('-', '').slice(-8)}`;
  const name =
    typeof generateName === 'string'
      ? `${generateName.slice(0, LONGEST_NAME - suffix.length)}${suffix}`
      : manifest.metadata.name;
  const annotations = { ...metadata.annotations, [HOOK_RUN_ANNOTATION]: `${operationId}@${phase}` };
  return { ...manifest, metadata: { ...metadata, name, annotations } };
}

/** Whether a live object was made by this run. */
export function isOfRun(live: Manifest, { operationId, phase }: Omit<HookRun, 'revision'>): boolean {
  return live.metadata.annotations?.[HOOK_RUN_ANNOTATION] === `${operationId}@${phase}`;
}

/** Kinds that run once and cannot be run again in place. */
const RUN_ONCE: ReadonlySet<string> = new Set([
  '/Pod',
  'batch/Job',
  'argoproj.io/Workflow',
  'argoproj.io/AnalysisRun',
  'tekton.dev/PipelineRun',
  'tekton.dev/TaskRun',
]);

/**
 * Whether what an earlier run left has to go before the next. Where the hook does not ask for it, only what runs once goes:
 * applied over, it would be taken for the new run without having run. Anything else is applied over.
 */
export function mustGoFirst(live: Manifest, deletePolicies: readonly HookDeletePolicy[]): boolean {
  const { group, kind } = objectKeyOf(live);
  return deletePolicies.includes('BeforeHookCreation') || RUN_ONCE.has(`${group}/${kind}`);
}

export interface HookState {
  state: 'running' | 'succeeded' | 'failed';
  /** What it waits for or why it failed, in plain words; '' when it succeeded. */
  message: string;
}

/**
 * How the run of a hook stands. Kinds that end (Jobs, Pods, Workflows) succeed at their end; others as soon as they are
 * healthy. One that is being deleted is judged by how far it came.
 */
export function hookStateOf(live: Manifest, descendants: readonly Manifest[]): HookState {
  const { deletionTimestamp, ...metadata } = live.metadata;
  const kept = { ...live, metadata };
  const own = assessHealth(kept);
  if (own.status === 'Healthy') return { state: 'succeeded', message: '' };
  const { message } = assessTree(kept, descendants);
  if (own.status === 'Degraded') return { state: 'failed', message: message || 'It failed' };
  if (deletionTimestamp !== undefined) return { state: 'failed', message: 'It was deleted before its end' };
  return { state: 'running', message: message || 'It runs' };
}
