import type { PlanGuard, PlannedObject as PlannedObjectView, PlanResult } from '#lib/contracts/operations.ts';
import { diffDocuments } from '#lib/domain/diff/document.ts';
import { formatObjectKey, type Manifest } from '#lib/domain/resource/manifest.ts';
import { countPlan, planDigest, type PlannedObject } from '#lib/domain/sync/plan.ts';
import { syncOptionsOf } from '#lib/domain/sync/options.ts';
import { DANGEROUS_KINDS, guardPrune, lossOf } from '#lib/domain/sync/prune-guard.ts';
import { maskManifest } from '#lib/domain/diff/mask.ts';
import type { Survey } from './survey.ts';

type KeyedHash = (value: string) => string;

/** What the person sees, and what its hash covers: the rendered set and every change field by field. All masked. */
export function planResultOf(
  survey: Survey,
  keyedHash: KeyedHash,
  extra: { git?: PlanResult['git']; guards?: PlanGuard[]; deletes?: boolean } = {},
): PlanResult {
  const waveOf = stageIndex(survey);
  return {
    objects: survey.planned.map((planned) => viewOf(survey, planned, { keyedHash, wave: waveOf(planned.id) })),
    counts: countPlan(survey.planned),
    guards: [...(extra.guards ?? []), ...guardsOf(survey, extra.deletes ?? false)],
    git: extra.git ?? null,
  };
}

/** The hash that travels with the click. Equal surveys give equal hashes, whenever they are made. */
export function planHashOf(survey: Survey, keyedHash: KeyedHash): string {
  return keyedHash(`${survey.digest}\n${planDigest(survey.planned, keyedHash)}`);
}

/** The stage something is done in, counted from 0. */
function stageIndex(survey: Survey): (id: string) => number {
  const stages = new Map(
    survey.stages.flatMap(({ steps }, index) => steps.flat().map((id): [string, number] => [id, index])),
  );
  return (id) => stages.get(id) ?? survey.stages.length;
}

function viewOf(
  survey: Survey,
  planned: PlannedObject,
  { keyedHash, wave }: { keyedHash: KeyedHash; wave: number },
): PlannedObjectView {
  const { before, after } = textsOf(survey, planned, keyedHash);
  return {
    key: planned.id,
    kind: planned.key.kind,
    name: planned.key.name,
    namespace: planned.key.namespace,
    action: planned.selected || planned.action === 'conflict' ? planned.action : 'unchanged',
    phase: planned.phase,
    wave,
    asksConfirmation: asksConfirmation(survey, planned),
    contested: survey.examined.get(formatObjectKey(planned.key))?.contested ?? [],
    message: planned.note,
    needsReplace: survey.examined.get(formatObjectKey(planned.key))?.needsReplace ?? [],
    differences: planned.differences.map(({ path, desired, live }) => ({ path, desired, live })),
    before,
    after,
  };
}

function asksConfirmation(survey: Survey, { id, action }: PlannedObject): boolean {
  const live = action === 'prune' ? survey.extra.get(id) : undefined;
  return live !== undefined && syncOptionsOf(live, survey.policy).options.prune === 'confirm';
}

function textsOf(survey: Survey, planned: PlannedObject, keyedHash: KeyedHash): { before: string; after: string } {
  const facts = survey.examined.get(formatObjectKey(planned.key));
  if (planned.action === 'create' || planned.action === 'hook')
    return { before: '', after: textOf(facts?.desired ?? null, null, planned).desired };
  if (planned.action === 'change') {
    const texts = textOf(facts?.facts.predicted ?? facts?.desired ?? null, facts?.facts.live ?? null, planned);
    return { before: texts.live, after: texts.desired };
  }
  const live = planned.action === 'prune' ? survey.extra.get(planned.id) : undefined;
  return { before: live ? textOf(null, maskManifest(live, keyedHash), planned).live : '', after: '' };
}

function textOf(desired: Manifest | null, live: Manifest | null, planned: PlannedObject) {
  return diffDocuments({ desired, live, differences: planned.differences });
}

function guardsOf(survey: Survey, deletes: boolean): PlanGuard[] {
  const conflicts = survey.planned.filter((one) => one.action === 'conflict');
  // Whoever deletes the application means everything, and types its name for it.
  const prunes = deletes ? [] : guardPrune(survey.planned, { allowEmpty: survey.policy.allowEmpty });
  const readOnly: PlanGuard[] =
    survey.cluster.access === 'read-only'
      ? [{ level: 'block', message: `Cluster ${survey.cluster.clusterName} is registered read-only.`, typedName: null }]
      : [];
  return [
    ...readOnly,
    ...conflicts.map((one): PlanGuard => ({
      level: 'block',
      message: `${one.key.kind} ${one.key.name}: ${one.note}.`,
      typedName: null,
    })),
    ...optionGuards(survey),
    ...prunes.map((refusal): PlanGuard =>
      refusal.confirmation === ''
        ? { level: 'block', message: refusal.message, typedName: null }
        : { level: 'confirm', message: refusal.message, typedName: refusal.confirmation },
    ),
  ];
}

/** Sync options that mean nothing, and objects of dangerous kinds that are made anew. */
function optionGuards(survey: Survey): PlanGuard[] {
  const planned = new Map(survey.planned.map((one) => [one.id, one]));
  return [...survey.examined.values()].flatMap(({ id, manifest, unknownOptions, isMadeAnew }): PlanGuard[] => {
    const name = `${manifest.kind} ${manifest.metadata.name}`;
    const words = unknownOptions.map((word) => JSON.stringify(word)).join(', ');
    const unknown: PlanGuard[] =
      words === ''
        ? []
        : [{ level: 'warn', message: `${name} has sync options that mean nothing: ${words}.`, typedName: null }];
    if (!isMadeAnew || planned.get(id)?.action !== 'change') return unknown;
    if (!DANGEROUS_KINDS.some((kind) => kind === manifest.kind)) return unknown;
    const message = `${name} is deleted and made anew, which ${lossOf(manifest.kind)}. Type its name to confirm.`;
    return [...unknown, { level: 'confirm', message, typedName: manifest.metadata.name }];
  });
}
