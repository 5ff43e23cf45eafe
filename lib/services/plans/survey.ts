import { findActivePin } from '#lib/database/pins.ts';
import { readInventory } from '#lib/database/operations.ts';
import type { SubjectRow } from '#lib/database/subjects.ts';
import type { SyncPolicy } from '#lib/contracts/sync-policy.ts';
import { hookOf } from '#lib/domain/resource/hook.ts';
import { formatObjectKey, type Manifest, objectKeyOf } from '#lib/domain/resource/manifest.ts';
import { compareOptionsOf } from '#lib/domain/diff/leave-alone.ts';
import { splitExpired } from '#lib/domain/diff/ignore.ts';
import { maskManifest } from '#lib/domain/diff/mask.ts';
import { withTracking } from '#lib/domain/resource/tracking.ts';
import { orderIntoWaves, type SyncPhase, type Wave } from '#lib/domain/sync/order.ts';
import { contestedWords, migrationWords } from '#lib/domain/sync/migration.ts';
import { syncOptionsOf } from '#lib/domain/sync/options.ts';
import { buildPlan, type LiveFacts, type Part, partsOf, type PlannedObject } from '#lib/domain/sync/plan.ts';
import type { LiveCluster } from '#lib/ports/live.ts';
import type { WorkerContext } from '../context.ts';
import { renderAt } from '../revisions/render-at.ts';
import { mapLimit } from '../shared/map-limit.ts';
import { rulesOf } from '../shared/rules-of.ts';
import { policyOf } from '../shared/policy-of.ts';
import { type Examined, examineObject, type ExamineContext } from './examine.ts';
import { trackedObjects } from './tracked.ts';

/** Dry runs under way at once for one plan. */
const CONCURRENCY = 16;

export interface SurveyRequest {
  subject: SubjectRow;
  /** Commit to render. */
  revision: string;
  prune: boolean;
  /** Object keys that are pruned although they ask to be confirmed. */
  confirmed?: string[] | undefined;
  /** Object keys that are applied although other managers set their fields otherwise. */
  takeOver?: string[] | undefined;
  /** Only these object keys; absent = all. */
  resources?: string[] | undefined;
  /** False leaves hooks out, `only` everything else: what a run of one is looked after with. */
  hooks?: boolean | 'only' | undefined;
  signal?: AbortSignal | undefined;
}

/** Everything a plan is made of, unmasked manifests included; in memory only. */
export interface Survey {
  /** Null where nothing was rendered: a deletion does without. */
  setId: string | null;
  digest: string;
  revision: string;
  /** In the order of applying, prunes last; those not chosen are left out. */
  planned: PlannedObject[];
  /** By formatted key; prunes are not among them. */
  examined: Map<string, Examined>;
  /** What is done together, stage after stage; `planned` holds what the ids name. */
  stages: Stage[];
  /** Live objects to prune, by formatted key. */
  extra: Map<string, Manifest>;
  cluster: LiveCluster;
  policy: SyncPolicy;
}

export interface Stage {
  phase: SyncPhase;
  /** Nothing waits for the health of what came before but this: prunes do not. */
  isGated: boolean;
  /** It begins when what was deleted before is gone. */
  awaitsGone?: boolean;
  /** Ids, step after step. */
  steps: string[][];
}

/** The revision an application is meant to be at: its pin's while one holds, else what Git says. */
export async function targetRevisionOf(ctx: WorkerContext, subject: SubjectRow): Promise<string | null> {
  const pin = await findActivePin(ctx.database.prisma, subject.id, ctx.clock.now());
  return pin?.revision ?? subject.state?.targetSha ?? null;
}

/** Renders the revision, reads what is live now and examines every object. Throws ClusterError, RenderError, SourceError. */
export async function surveyApplication(ctx: WorkerContext, request: SurveyRequest): Promise<Survey> {
  const { subject, signal } = request;
  const [rendered, cluster] = await Promise.all([
    renderAt(ctx, subject.id, request.revision, signal),
    ctx.ports.live.cluster(subject.clusterId),
  ]);
  const policy = policyOf(subject);
  const chosen = request.resources ? new Set(request.resources) : null;
  const wanted = rendered.manifests
    .filter((manifest) => chosen === null || chosen.has(formatObjectKey(objectKeyOf(manifest))))
    .filter((manifest) => request.hooks !== 'only' || hookOf(manifest) !== null)
    .map((manifest) => withTracking(subject.id, manifest));
  const namespaces =
    policy.createNamespace && request.hooks !== 'only' ? await missingNamespaces(cluster, wanted, subject) : [];
  const desired = [...namespaces, ...wanted];
  const examined = await examineAll(ctx, request, { cluster, desired });
  const gone =
    request.hooks === 'only' ? [] : await extraObjects(ctx, request, { cluster, manifests: rendered.manifests });
  const extra = new Map(gone.map((manifest) => [formatObjectKey(objectKeyOf(manifest)), manifest]));
  const withHooks = chosen === null && request.hooks !== false;
  const planned = buildPlan({
    applicationId: subject.id,
    desired: [...examined.values()].map((one) => one.desired),
    lookup: (id) => factsOf(ctx, id, { examined, extra }),
    inventory: [...extra.keys()],
    policy,
    options: {
      prune: request.prune,
      ...(request.confirmed ? { confirmed: request.confirmed } : {}),
      hooks: withHooks,
      ...(request.resources ? { resources: [...request.resources, ...namespaceIds(namespaces)] } : {}),
    },
  });
  const acts = planned
    .filter((one) => chosen === null || one.selected || one.action === 'conflict')
    .map((one) => withAnswer(one, examined.get(formatObjectKey(one.key))));
  const parts = [...examined.values()].flatMap((one) => partsOf(one.manifest, withHooks));
  return {
    setId: rendered.setId,
    digest: rendered.digest,
    revision: request.revision,
    planned: acts,
    examined,
    stages: stagesOf(
      acts,
      orderIntoWaves(parts, (part) => part),
      lastOf(extra, policy),
    ),
    extra,
    cluster,
    policy,
  };
}

/** The waves as stages. What no wave holds and the prunes, kind after kind backwards, follow the waves of the sync itself. */
function stagesOf(planned: readonly PlannedObject[], waves: readonly Wave<Part>[], last: ReadonlySet<string>): Stage[] {
  const stages = waves.map(({ phase, steps }) => ({
    phase,
    isGated: true,
    steps: steps.map((step) => step.map(({ id }) => id)),
  }));
  const inWaves = new Set(stages.flatMap(({ steps }) => steps.flat()));
  const others = planned.filter((one) => one.action !== 'prune' && !inWaves.has(one.id)).map((one) => one.id);
  const prunes = planned.filter(({ action }) => action === 'prune');
  const steps = [others, ...stepsOfKind(prunes.filter(({ id }) => !last.has(id)))].filter((step) => step.length > 0);
  const lastSteps = stepsOfKind(prunes.filter(({ id }) => last.has(id)));
  const after = stages.findLastIndex(({ phase }) => phase === 'PreSync' || phase === 'Sync') + 1;
  const rest: Stage[] = [
    ...(steps.length === 0 ? [] : [{ phase: 'Sync' as const, isGated: false, steps }]),
    ...(lastSteps.length === 0 ? [] : [{ phase: 'Sync' as const, isGated: true, steps: lastSteps }]),
  ];
  return [...stages.slice(0, after), ...rest, ...stages.slice(after)];
}

function stepsOfKind(prunes: readonly PlannedObject[]): string[][] {
  const steps: { kind: string; ids: string[] }[] = [];
  for (const { id, key } of prunes) {
    const step = steps.at(-1);
    if (step?.kind === key.kind) step.ids.push(id);
    else steps.push({ kind: key.kind, ids: [id] });
  }
  return steps.map(({ ids }) => ids);
}

/** Those pruned only when everything else is applied and healthy. */
function lastOf(extra: ReadonlyMap<string, Manifest>, policy: SyncPolicy): Set<string> {
  return new Set(
    [...extra].flatMap(([id, manifest]) => (syncOptionsOf(manifest, policy).options.pruneLast ? [id] : [])),
  );
}

const namespaceIds = (namespaces: Manifest[]) => namespaces.map((one) => formatObjectKey(objectKeyOf(one)));

export async function examineAll(
  ctx: WorkerContext,
  { subject, signal, takeOver = [] }: Pick<SurveyRequest, 'subject' | 'signal' | 'takeOver'>,
  { cluster, desired }: { cluster: LiveCluster; desired: Manifest[] },
): Promise<Map<string, Examined>> {
  const live = await cluster.read(desired.map(objectKeyOf), { fresh: true, ...(signal ? { signal } : {}) });
  const isNew = (one: Manifest) => one.kind === 'Namespace' && !live.has(formatObjectKey(objectKeyOf(one)));
  const context: ExamineContext = {
    applicationId: subject.id,
    namespace: subject.namespace,
    cluster,
    policy: policyOf(subject),
    keyedHash: (value) => ctx.keyring.hash(value),
    live,
    newNamespaces: new Set(desired.filter(isNew).map((one) => one.metadata.name)),
    newKinds: kindsBroughtBy(desired),
    takeOver: new Set(takeOver),
    rules: splitExpired(await rulesOf(ctx.database.prisma, subject), ctx.clock.now().getTime()).active,
    signal,
  };
  const isMade = (one: Manifest) =>
    live.has(formatObjectKey(objectKeyOf(one))) || compareOptionsOf([one]).ignored === null;
  const examined = await mapLimit(desired.filter(isMade), CONCURRENCY, (manifest) => examineObject(context, manifest));
  return new Map(examined.map((one) => [one.id, one]));
}

function factsOf(ctx: WorkerContext, id: string, { examined, extra }: Pick<Survey, 'examined' | 'extra'>): LiveFacts {
  const live = extra.get(id);
  if (live) return { live: maskManifest(live, (value) => ctx.keyring.hash(value)) };
  return examined.get(id)?.facts ?? { live: null };
}

/** What the server refuses is a conflict of the plan, whatever the comparison said; what others contest waits for a person. */
function withAnswer(planned: PlannedObject, examined: Examined | undefined): PlannedObject {
  if (examined?.refusal) return { ...planned, action: 'conflict', note: examined.refusal };
  if (!examined || planned.action !== 'change') return planned;
  if (examined.isMadeAnew) return { ...planned, note: 'is deleted and made anew' };
  const { contested, forces, migration } = examined;
  if (contested.length === 0) return migration ? { ...planned, note: migrationWords(migration) } : planned;
  const others = contestedWords(contested);
  if (forces) return { ...planned, note: `takes over ${others}` };
  return { ...planned, selected: false, note: `left as it is: others set ${others}` };
}

/** Namespaces the set lives in that neither exist nor are part of it: created first, never tracked and so never pruned. */
async function missingNamespaces(
  cluster: LiveCluster,
  manifests: Manifest[],
  subject: SubjectRow,
): Promise<Manifest[]> {
  const declared = new Set(manifests.filter((one) => one.kind === 'Namespace').map((one) => one.metadata.name));
  const used = new Set(manifests.flatMap((one) => one.metadata.namespace ?? []));
  if (manifests.some((one) => one.metadata.namespace === subject.namespace)) used.add(subject.namespace);
  const names = [...used].filter((name) => !declared.has(name));
  const keys = names.map((name) => ({ group: '', kind: 'Namespace', namespace: '', name }));
  const found = await cluster.read(keys, { fresh: true });
  return keys
    .filter((key) => !found.has(formatObjectKey(key)))
    .map(({ name }) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, ...(name === subject.namespace ? policyOf(subject).namespaceMetadata : {}) },
    }));
}

/** `group/Kind` of every custom resource that CRDs among these manifests define. */
function kindsBroughtBy(manifests: Manifest[]): Set<string> {
  const kinds = new Set<string>();
  for (const manifest of manifests) {
    if (manifest.kind !== 'CustomResourceDefinition') continue;
    const spec: unknown = manifest['spec'];
    if (typeof spec !== 'object' || spec === null || !('group' in spec) || !('names' in spec)) continue;
    const names: unknown = spec.names;
    if (typeof names === 'object' && names !== null && 'kind' in names)
      kinds.add(`${String(spec.group)}/${String(names.kind)}`);
  }
  return kinds;
}

/** Live objects this application applied once (tracked and in its inventory) that the set no longer holds. */
async function extraObjects(
  ctx: WorkerContext,
  { subject, signal }: SurveyRequest,
  { cluster, manifests }: { cluster: LiveCluster; manifests: Manifest[] },
): Promise<Manifest[]> {
  const inventory = await readInventory(ctx.database.prisma, subject.id);
  const declared = new Set(manifests.map((manifest) => formatObjectKey(objectKeyOf(manifest))));
  const gone = [...inventory].filter((key) => !declared.has(key));
  if (gone.length === 0) return [];
  const tracked = await trackedObjects(cluster, { applicationId: subject.id, keys: gone }, signal);
  const candidates = new Set(gone);
  return tracked.filter((manifest) => candidates.has(formatObjectKey(objectKeyOf(manifest))));
}
