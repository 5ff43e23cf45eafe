import { type ComparisonFacts, readComparisonFacts } from '#lib/database/comparing.ts';
import { listOpenDrifts } from '#lib/database/drift.ts';
import type { SetObject } from '#lib/database/rendering.ts';
import {
  type DeclaredRow,
  ensureState,
  findDeclared,
  listObjectRows,
  type ObjectRow,
  type StateRow,
} from '#lib/database/states.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import type { LeveledRule } from '#lib/domain/diff/hidden.ts';
import { splitExpired } from '#lib/domain/diff/ignore.ts';
import { secretTexts } from '#lib/domain/diff/mask.ts';
import { type ObservedDrift, reconcileDrift } from '#lib/domain/drift/record.ts';
import { formatObjectKey, type Manifest, objectKeyOf, parseObjectKey } from '#lib/domain/resource/manifest.ts';
import { hookOf } from '#lib/domain/resource/hook.ts';
import type { ApiKind } from '#lib/ports/cluster.ts';
import type { LiveCluster } from '#lib/ports/live.ts';
import type { WorkerContext } from '../context.ts';
import { digestOf } from '../shared/digest.ts';
import { mapLimit } from '../shared/map-limit.ts';
import { rulesOf } from '../shared/rules-of.ts';
import { isCurrent, judge, type JudgeContext, type Judged, maskLive, type Subject } from './judge.ts';
import { isOwnWork, observedDrift } from './observed.ts';
import { readAssessor } from '../health-rules/assessor.ts';
import { childRows, healthOf, type Judging, managedRow, rowText } from './rows.ts';
import { type Findings, saveFindings } from './save.ts';
import { setObjects } from './sets.ts';
import { type JudgedObject, policyOfDeclared, summarise } from './summary.ts';

/** Objects judged at once; most need no request. */
const CONCURRENCY = 8;
/** The watch may be this far behind what an operation just did. */
const SETTLING_MS = 2_000;

export interface Detected {
  /** False when nothing differed from what is stored: then nothing was written. */
  wrote: boolean;
  /** Milliseconds until it should be looked at again although nothing happens; null = only when something happens. */
  againMs: number | null;
}

/** Verdicts by application and object, kept for as long as the cluster stays connected. */
const verdicts = new WeakMap<LiveCluster, Map<string, Map<string, Judged>>>();

/**
 * Compares an application with its cluster as it is now and stores what differs from what is stored: object states,
 * drift records, health, attention. One object that changed costs one comparison. Throws ClusterError when the cluster
 * does not answer; the last known state stays.
 */
export async function detect(
  ctx: WorkerContext,
  applicationId: string,
  ...[live, signal]: [live: LiveCluster, signal?: AbortSignal]
): Promise<Detected> {
  const application = await findDeclared(ctx.database.prisma, applicationId);
  if (!application) {
    live.manage?.(applicationId, []);
    verdicts.get(live)?.delete(applicationId);
    return { wrote: false, againMs: null };
  }
  if (application.agent !== 'native') return { wrote: false, againMs: null };
  const pass: Pass = { ctx, application, live, signal, isScratch: false };
  const [state, facts, stored] = await Promise.all([
    ensureState(ctx.database.prisma, application),
    readComparisonFacts(ctx.database.prisma, applicationId),
    listObjectRows(ctx.database.prisma, applicationId),
  ]);
  const compared = await compareNow(pass, { state, facts });
  if (compared.isMisplaced)
    await inTransaction(ctx.database, async ({ enqueue }) => enqueue({ kind: 'render', key: applicationId }));
  const findings = await differences(pass, { state, stored, compared });
  const againMs = compared.isSettling ? SETTLING_MS : compared.summary.againMs;
  if (findings === null) return { wrote: false, againMs };
  const saved = await saveFindings(ctx, findings, live.lease);
  if (saved === 'stale') return { wrote: false, againMs: 0 };
  return { wrote: true, againMs: saved === 'relapsed' ? 0 : againMs };
}

export interface Pass {
  ctx: WorkerContext;
  application: DeclaredRow;
  live: LiveCluster;
  signal: AbortSignal | undefined;
  /** Judges everything anew, whatever is remembered. */
  isScratch: boolean;
}

/** An application as it is now, in memory. */
export interface Compared {
  objects: JudgedObject[];
  rows: ObjectRow[];
  observed: ObservedDrift[];
  /** Differences that our own operation is at: they open no record and close none. */
  held: ObservedDrift[];
  summary: ReturnType<typeof summarise>;
  isSettling: boolean;
  /** An object stands where its kind does not belong: the application is to be rendered again. */
  isMisplaced: boolean;
}

/** Computes everything and writes nothing. */
export async function compareNow(
  pass: Pass,
  { state, facts }: { state: StateRow; facts: ComparisonFacts },
): Promise<Compared> {
  const { ctx, application, live } = pass;
  const now = ctx.clock.now();
  const pin = facts.pin && facts.pin.expiresAt > now ? facts.pin : null;
  const { subjects, isMisplaced: misplaced } = await gatherSubjects(pass, {
    targetSetId: pin?.setId ?? state.targetSetId,
    deployedSetId: state.deployedSetId,
  });
  const { active } = splitExpired(await rulesOf(ctx.database.prisma, application), now.getTime());
  const judging = { assess: await readAssessor(ctx.database.prisma), secrets: secretsOf(subjects) };
  const objects = await judgeAll(pass, subjects, { judging, rules: active });
  const { last } = facts;
  const ended = (last?.finishedAt ?? last?.appliedAt ?? null)?.getTime() ?? 0;
  const isSettling = last?.isActive === true || now.getTime() - ended < SETTLING_MS;
  const all = objects.flatMap(({ subject, judged }) => observedDrift(subject, judged));
  const held = isSettling ? all.filter(isOwnWork) : [];
  const observed = all.filter((drift) => !held.includes(drift));
  const where = { applicationId: application.id, at: now };
  const declared = new Set(subjects.map((subject) => subject.key));
  const parents = subjects.flatMap((subject) => subject.live ?? []);
  const rows = [
    ...objects.map((object) => managedRow(where, object)),
    ...childRows(where, { cluster: live, parents, declared, judging }),
  ];
  const summary = summarise({ application, state, facts, objects, driftCount: observed.length, now });
  const untilOver = active.flatMap(({ expiresAt }) =>
    expiresAt === undefined ? [] : Date.parse(expiresAt) - now.getTime(),
  );
  const waits = [...(summary.againMs === null ? [] : [summary.againMs]), ...untilOver];
  return {
    objects,
    rows,
    observed,
    held,
    summary: { ...summary, againMs: waits.length === 0 ? null : Math.min(...waits) },
    isMisplaced: misplaced,
    isSettling: isSettling && last?.isActive !== true,
  };
}

async function gatherSubjects(
  { ctx, application, live, signal }: Pass,
  { targetSetId, deployedSetId }: { targetSetId: string | null; deployedSetId: string | null },
): Promise<{ subjects: Subject[]; isMisplaced: boolean }> {
  const [target, deployed] = await Promise.all([
    setObjects(ctx.database, targetSetId),
    setObjects(ctx.database, deployedSetId),
  ]);
  const targets = byKey(target);
  const olds = byKey(deployed);
  const keys = [...new Set([...targets.keys(), ...olds.keys()])].flatMap((key) => parseObjectKey(key) ?? []);
  live.manage?.(application.id, keys);
  const options = signal ? { signal } : {};
  const found = await live.read(keys, options);
  const kinds: ApiKind[] = [];
  const names = new Map(keys.map((key) => [`${key.group}/${key.kind}`, key]));
  for (const { group, kind } of names.values()) {
    const served = await live.kind(group, kind);
    if (served) kinds.push(served);
  }
  const tracked = byManifestKey(await live.tracked(application.id, kinds, options));
  const all = new Set([...targets.keys(), ...olds.keys(), ...tracked.keys()]);
  const subjects = [...all].flatMap((key, ordinal) => {
    const manifest = found.get(key) ?? tracked.get(key) ?? null;
    const subject: Subject = {
      key,
      ordinal,
      target: targets.get(key) ?? null,
      deployed: olds.get(key) ?? null,
      live: manifest,
    };
    // Gone from Git and from the cluster: nothing is left to say about it.
    if (!subject.target && !manifest) return [];
    // Gone from Git and never tracked, or given away: not ours to judge.
    if (!subject.target && !tracked.has(key)) return [];
    return [subject];
  });
  return { subjects, isMisplaced: isMisplaced(targets.keys(), kinds) };
}

/** Rendered before the cluster served the kind, and placed by a guess that turned out wrong. */
function isMisplaced(keys: Iterable<string>, kinds: readonly ApiKind[]): boolean {
  const scopes = new Map(kinds.map(({ group, kind, namespaced }) => [`${group}/${kind}`, namespaced]));
  return [...keys].some((text) => {
    const key = parseObjectKey(text);
    const namespaced = key ? scopes.get(`${key.group}/${key.kind}`) : undefined;
    return namespaced !== undefined && namespaced !== (key?.namespace !== '');
  });
}

/** Hooks are run, not kept as Git has them, so they are not compared. */
function byKey(objects: SetObject[]): Map<string, SetObject> {
  return new Map(objects.filter(({ body }) => hookOf(body) === null).map((object) => [object.key, object]));
}

function byManifestKey(manifests: Manifest[]): Map<string, Manifest> {
  return new Map(
    manifests
      .filter((manifest) => hookOf(manifest) === null)
      .map((manifest) => [formatObjectKey(objectKeyOf(manifest)), manifest]),
  );
}

async function judgeAll(
  { ctx, application, live, signal, isScratch }: Pass,
  subjects: Subject[],
  { judging, rules }: { judging: Judging; rules: readonly LeveledRule[] },
): Promise<JudgedObject[]> {
  const context: JudgeContext = {
    ctx,
    applicationId: application.id,
    cluster: live,
    rules,
    rulesDigest: digestOf([rules, live.access]),
    signal,
  };
  const byApplication = verdicts.get(live) ?? new Map<string, Map<string, Judged>>();
  verdicts.set(live, byApplication);
  const known = isScratch ? undefined : byApplication.get(application.id);
  const judged = await mapLimit(subjects, CONCURRENCY, async (subject) => {
    const before = known?.get(subject.key);
    return isCurrent(context, subject, before) ? before : judge(context, subject);
  });
  byApplication.set(application.id, new Map(subjects.map((subject, index) => [subject.key, at(judged, index)])));
  return subjects.map((subject, index) => ({
    subject,
    judged: at(judged, index),
    health: healthOf(subject, live, judging),
  }));
}

/** Read when something is said that could repeat one, and then once. */
function secretsOf(subjects: Subject[]): () => readonly string[] {
  let texts: readonly string[] | undefined;
  return () => (texts ??= subjects.flatMap(({ live }) => (live ? secretTexts(live) : [])));
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error(`no item at ${index}`);
  return item;
}

/** What would have to be written; null when the stored rows say all of it already. */
async function differences(
  { ctx, application }: Pass,
  { state, stored, compared }: { state: StateRow; stored: ObjectRow[]; compared: Compared },
): Promise<Findings | null> {
  const { rows, summary, observed, held } = compared;
  const before = new Map(stored.map((row) => [row.key, row]));
  const upsert = rows.filter((row) => {
    const old = before.get(row.key);
    return !old || rowText(old) !== rowText(row);
  });
  const present = new Set(rows.map((row) => row.key));
  const remove = stored.filter((row) => !present.has(row.key)).map((row) => row.key);
  const isSame =
    upsert.length === 0 && remove.length === 0 && summary.digest === state.digest && state.errorStep !== 'compare';
  if (isSame && !(await driftMoved(ctx, application.id, compared))) return null;
  const written = new Set(upsert.map((row) => row.key));
  const differing = compared.objects.filter(
    ({ subject, judged }) => written.has(subject.key) && judged.classification.sync === 'OutOfSync' && subject.live,
  );
  const shown = differing.flatMap(({ subject }) =>
    subject.live ? [{ key: subject.key, body: maskLive({ ctx }, subject.live) }] : [],
  );
  const kept = new Set(shown.map((one) => one.key));
  const { row } = summary;
  const policy = policyOfDeclared(application);
  // Also while an operation is under way: one that waits for a revision Git has left behind yields to the next.
  const wantsAutoSync = policy.automated && row.sync !== 'Unknown' && row.outOfSyncCount > 0;
  return {
    applicationId: application.id,
    state,
    summary,
    observed,
    held,
    rows: { upsert, remove },
    snapshots: { upsert: shown, remove: [...remove, ...[...written].filter((key) => !kept.has(key))] },
    wantsAutoSync,
  };
}

async function driftMoved(
  ctx: WorkerContext,
  applicationId: string,
  { observed, held }: Pick<Compared, 'observed' | 'held'>,
): Promise<boolean> {
  const openRecords = await listOpenDrifts(ctx.database.prisma, applicationId);
  if (openRecords.length === 0 && observed.length === 0) return false;
  const changes = reconcileDrift({ openRecords, observed, held, now: ctx.clock.now().toISOString() });
  return changes.open.length + changes.update.length + changes.close.length > 0;
}
