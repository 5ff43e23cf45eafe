import { formatObjectKey, type Manifest, objectKeyOf } from '../resource/manifest.ts';
import { kindRank, orderForPrune, orderIntoWaves, runsOf, type SyncPhase, waveOf } from './order.ts';
import { type PolicyOptions, syncOptionsOf } from './options.ts';
import { hookPart, type Part, type PlannedObject, planHook } from './plan.ts';
import { DANGEROUS_KINDS, lossOf } from './prune-guard.ts';

export interface DeletionInput {
  /** What Git has; only its hooks of a deletion count. */
  desired: readonly Manifest[];
  /** Everything live that says it belongs to the application. */
  live: readonly Manifest[];
  policy: PolicyOptions;
}

/** What is done together. */
export interface DeletionStage {
  phase: SyncPhase;
  /** It begins when everything deleted before is gone. */
  awaitsGone: boolean;
  /** Ids, step after step. */
  steps: string[][];
}

export interface Deletion {
  planned: PlannedObject[];
  stages: DeletionStage[];
}

/**
 * The deletion of an application with its objects: the hooks before it, then wave after wave backwards and kind after
 * kind in it, each wave when the one before is gone, then the hooks behind it.
 */
export function planDeletion({ desired, live, policy }: DeletionInput): Deletion {
  const hooks = desired.flatMap((manifest) =>
    (runsOf(manifest, 'deletion') ?? []).map((phase): Part => hookPart(manifest, phase)),
  );
  // What the run of a hook made belongs to the run, which looks after it.
  const own = new Set(hooks.map(({ manifest }) => formatObjectKey(objectKeyOf(manifest))));
  const objects = orderForPrune(live.filter((manifest) => !own.has(formatObjectKey(objectKeyOf(manifest)))));
  const waves = orderIntoWaves(hooks, (part) => part);
  const stagesOf = (wanted: SyncPhase): DeletionStage[] =>
    waves
      .filter(({ phase }) => phase === wanted)
      .map(({ phase, steps }, index) => ({
        phase,
        awaitsGone: wanted === 'PostDelete' && index === 0,
        steps: steps.map((step) => step.map(({ id }) => id)),
      }));
  const planned = objects.map((manifest) => planDelete(manifest, policy));
  const selected = new Set(planned.filter((one) => one.selected).map((one) => one.id));
  const doomed = objects.filter((manifest) => selected.has(formatObjectKey(objectKeyOf(manifest))));
  return {
    planned: [
      ...waves.filter(({ phase }) => phase === 'PreDelete').flatMap(({ steps }) => steps.flat().map(planHook)),
      ...planned,
      ...waves.filter(({ phase }) => phase === 'PostDelete').flatMap(({ steps }) => steps.flat().map(planHook)),
    ],
    stages: [...stagesOf('PreDelete'), ...stagesOfObjects(doomed), ...stagesOf('PostDelete')],
  };
}

/** In the order given, a stage per wave and a step per kind. */
function stagesOfObjects(objects: readonly Manifest[]): DeletionStage[] {
  const stages: DeletionStage[] = [];
  let before: { wave: number; rank: number } | null = null;
  for (const manifest of objects) {
    const at = { wave: waveOf(manifest), rank: kindRank(manifest.kind) };
    const id = formatObjectKey(objectKeyOf(manifest));
    const stage = stages.at(-1);
    if (!stage || before?.wave !== at.wave)
      stages.push({ phase: 'Sync', awaitsGone: stages.length > 0, steps: [[id]] });
    else if (before.rank !== at.rank) stage.steps.push([id]);
    else stage.steps.at(-1)?.push(id);
    before = at;
  }
  return stages;
}

function planDelete(live: Manifest, policy: PolicyOptions): PlannedObject {
  const key = objectKeyOf(live);
  const note = keptBy(live, policy);
  return {
    key,
    id: formatObjectKey(key),
    phase: 'Sync',
    action: 'prune',
    differences: [],
    selected: note === '',
    note,
  };
}

/** Why an object stays when its application is deleted; '' when it goes. Whoever types the application's name confirms what asks for it. */
function keptBy(manifest: Manifest, policy: PolicyOptions): string {
  if (syncOptionsOf(manifest, policy).options.delete !== 'no') return '';
  return manifest.metadata.annotations?.['helm.sh/resource-policy'] === 'keep'
    ? 'stays: helm.sh/resource-policy keeps it'
    : 'stays: its sync options say Delete=false';
}

/** What a person must know before the name is typed: what goes with the objects beside themselves, in one sentence; '' when nothing. */
export function lossesOf(planned: readonly PlannedObject[]): string {
  const dangerous = planned.filter(
    ({ action, selected, key }) => action === 'prune' && selected && DANGEROUS_KINDS.some((kind) => kind === key.kind),
  );
  const words = dangerous.map(({ key }) => `${key.kind} ${key.name} ${lossOf(key.kind)}`);
  const shown = words.slice(0, 5).join('; ');
  return words.length > 5 ? `${shown}; and ${words.length - 5} more like these` : shown;
}
