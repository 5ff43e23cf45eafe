import { z } from 'zod';
import type { ChangesView, CommitView, ObjectChange } from '#lib/contracts/applications.ts';
import { type ExpiredRule, hiddenField, type HiddenObject } from '#lib/contracts/ignore-rules.ts';
import {
  type DriftRow,
  findRevisions,
  listDriftRecords,
  listHidden,
  listObjectStates,
  listRevisionsBetween,
  readLiveSnapshots,
} from '#lib/database/application-details.ts';
import { loadSetObjects, type SetObject } from '#lib/database/rendering.ts';
import { findSubject, type SubjectRow } from '#lib/database/subjects.ts';
import type { Difference } from '#lib/domain/diff/difference.ts';
import { diffDocuments } from '#lib/domain/diff/document.ts';
import type { LeveledRule } from '#lib/domain/diff/hidden.ts';
import { describeRule, splitExpired } from '#lib/domain/diff/ignore.ts';
import { needsReplace } from '#lib/domain/diff/immutable.ts';
import { compareStructure } from '#lib/domain/diff/predict.ts';
import { type JsonValue, type Manifest, type ObjectKey, parseObjectKey } from '#lib/domain/resource/manifest.ts';
import type { PlanAction } from '#lib/domain/sync/status.ts';
import { isManifest } from '#lib/domain/resource/parse.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { driftViewOf } from '../drift/view.ts';
import { notFound } from '../errors.ts';
import { rulesOf } from '../shared/rules-of.ts';
import { commitViewOf } from './commit-view.ts';

const MOST_OBJECTS = 500;
const MOST_COMMITS = 50;

/** What differs, pending change and drift apart, as masked texts ready for a line diff. Errors: forbidden, not-found. */
export async function getChanges(ctx: Context, input: { id: string }): Promise<ChangesView> {
  await requirePermission(ctx, 'applications:read');
  const { prisma } = ctx.database;
  const subject = await findSubject(prisma, input.id);
  if (!subject) throw notFound('application', input.id);
  const [states, drifts, target, deployed, commits, concealed, rules] = await Promise.all([
    listObjectStates(prisma, subject.id, { outOfSync: true, limit: MOST_OBJECTS + 1 }),
    listDriftRecords(prisma, { applicationId: subject.id, state: 'open', after: null, limit: 2_000 }),
    setOf(ctx, subject.state?.targetSetId),
    setOf(ctx, subject.state?.deployedSetId),
    commitsBetween(ctx, subject),
    listHidden(prisma, subject.id, MOST_OBJECTS),
    rulesOf(prisma, subject),
  ]);
  const keys = [...new Set([...states.map((state) => state.key), ...drifts.map((drift) => drift.objectKey)])];
  const snapshots = await readLiveSnapshots(prisma, subject.id, keys);
  const changes = keys.slice(0, MOST_OBJECTS).flatMap((key) =>
    changesOf(key, {
      target: target.get(key) ?? null,
      deployed: deployed.get(key) ?? null,
      live: liveOf(snapshots.get(key)),
      drifts: drifts.filter((drift) => drift.objectKey === key),
      everDeployed: subject.state?.deployedSetId != null,
    }),
  );
  return {
    pending: changes.filter((change) => change.category === 'pending'),
    drift: changes.filter((change) => change.category === 'drift'),
    commits,
    hidden: concealed.flatMap(hiddenObjectOf),
    unconfirmed: subject.cluster.access === 'read-only',
    expiredRules: splitExpired(rules, ctx.clock.now().getTime()).expired.map(expiredOf),
    truncated: keys.length > MOST_OBJECTS,
  };
}

function hiddenObjectOf(row: { key: string; hidden: unknown }): HiddenObject[] {
  const key = parseObjectKey(row.key);
  const fields = z.array(hiddenField).catch([]).parse(row.hidden);
  if (!key || fields.length === 0) return [];
  return [{ key: row.key, kind: key.kind, name: key.name, namespace: key.namespace, fields }];
}

function expiredOf(rule: LeveledRule): ExpiredRule {
  const { level, owner = '', reason = '', expiresAt = '' } = rule;
  return { level, rule: describeRule(rule), owner, reason, expiresAt };
}

async function setOf(ctx: Context, setId: string | null | undefined): Promise<Map<string, SetObject>> {
  const objects = setId ? await loadSetObjects(ctx.database.prisma, setId) : [];
  return new Map(objects.map((object) => [object.key, object]));
}

/** A column's JSON; SQL's NULL means that the side lacks the field. */
const jsonOf = (value: unknown): JsonValue | undefined =>
  value === null ? undefined : z.json().catch('').parse(value);

const liveOf = (value: unknown): Manifest | null => (isManifest(value) ? value : null);

interface Sides {
  target: SetObject | null;
  deployed: SetObject | null;
  live: Manifest | null;
  drifts: DriftRow[];
  everDeployed: boolean;
}

function changesOf(id: string, sides: Sides): ObjectChange[] {
  const key = parseObjectKey(id);
  if (!key) return [];
  const changes: ObjectChange[] = [];
  const moved = sides.target?.hash !== sides.deployed?.hash;
  if (sides.drifts.length > 0) changes.push(driftOf(id, key, sides));
  if (moved || sides.drifts.length === 0) changes.push(pendingOf(id, key, sides));
  return changes;
}

/** Git as deployed → live. */
function driftOf(id: string, key: ObjectKey, { target, deployed, live, drifts }: Sides): ObjectChange {
  const desired = deployed?.body ?? target?.body ?? null;
  const differences = drifts.map(({ path, before, after }): Difference => ({
    path,
    desired: jsonOf(before),
    live: jsonOf(after),
  }));
  const texts = diffDocuments({ desired, live, differences });
  return changeOf(id, key, {
    category: 'drift',
    action: live === null ? 'create' : 'change',
    before: { label: 'Git', text: texts.desired },
    after: { label: 'Live', text: texts.live },
    differences,
    needsReplace: [],
    drifts: drifts.map(driftViewOf),
    apiVersion: (desired ?? live)?.apiVersion ?? '',
  });
}

/** Deployed (or live, where nothing was deployed) → target. */
function pendingOf(id: string, key: ObjectKey, { target, deployed, live, everDeployed }: Sides): ObjectChange {
  const before = deployed?.body ?? live;
  const after = target?.body ?? null;
  const differences = before && after ? compareStructure(after, before) : [];
  const texts = diffDocuments({ desired: after, live: before, differences });
  const action: PlanAction = after === null ? 'prune' : before === null ? 'create' : 'change';
  return changeOf(id, key, {
    category: 'pending',
    action,
    before: { label: everDeployed ? 'Deployed' : 'Live', text: texts.live },
    after: { label: 'Git', text: texts.desired },
    differences,
    needsReplace: before && after ? needsReplace({ live: live ?? before, desired: after, differences }) : [],
    drifts: [],
    apiVersion: (after ?? before)?.apiVersion ?? '',
  });
}

function changeOf(
  id: string,
  key: ObjectKey,
  rest: Omit<ObjectChange, 'key' | 'kind' | 'name' | 'namespace' | 'differences'> & { differences: Difference[] },
): ObjectChange {
  const differences = rest.differences.map(({ path, desired, live }) => ({ path, desired, live }));
  return { ...rest, key: id, kind: key.kind, name: key.name, namespace: key.namespace, differences };
}

async function commitsBetween(ctx: Context, subject: SubjectRow): Promise<CommitView[]> {
  const { state, repositoryId } = subject;
  if (!state?.targetSha || state.targetSha === state.deployedSha) return [];
  const known = await findRevisions(ctx.database.prisma, repositoryId, [state.targetSha, state.deployedSha ?? '']);
  const until = known.get(state.targetSha);
  if (!until) return [];
  const rows = await listRevisionsBetween(ctx.database.prisma, repositoryId, {
    after: known.get(state.deployedSha ?? '')?.committedAt ?? null,
    until: until.committedAt,
    limit: MOST_COMMITS,
  });
  return rows.map(commitViewOf);
}
