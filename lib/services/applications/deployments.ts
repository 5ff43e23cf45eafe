import { z } from 'zod';
import type { DeploymentView } from '#lib/contracts/deployments.ts';
import type { ObjectChange } from '#lib/contracts/applications.ts';
import type { Page } from '#lib/contracts/common.ts';
import { findRevisions } from '#lib/database/application-details.ts';
import {
  countDeployments,
  type DeploymentRow,
  findDeployment,
  listDeployments as readDeployments,
} from '#lib/database/deployments.ts';
import { loadSetObjects } from '#lib/database/rendering.ts';
import { findSubject } from '#lib/database/subjects.ts';
import { diffDocuments } from '#lib/domain/diff/document.ts';
import { needsReplace } from '#lib/domain/diff/immutable.ts';
import { compareStructure } from '#lib/domain/diff/predict.ts';
import { parseObjectKey } from '#lib/domain/resource/manifest.ts';
import { DEPLOYING_KINDS } from '#lib/domain/sync/status.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { decodeTimeCursor, encodeCursor } from '../shared/cursor.ts';
import { commitViewOf, unknownCommit } from './commit-view.ts';

/** What was live when, newest first. Errors: forbidden, not-found, invalid. */
export async function listDeployments(
  ctx: Context,
  input: { id: string; cursor?: string | undefined; limit: number },
): Promise<Page<DeploymentView>> {
  await requirePermission(ctx, 'applications:read');
  const { prisma } = ctx.database;
  const subject = await findSubject(prisma, input.id);
  if (!subject) throw notFound('application', input.id);
  const cursor = decodeTimeCursor(input.cursor);
  const after = cursor ? { finishedAt: cursor.at, id: cursor.id } : undefined;
  const [rows, total] = await Promise.all([
    readDeployments(prisma, subject.id, { limit: input.limit + 1, ...(after ? { after } : {}) }),
    countDeployments(prisma, subject.id),
  ]);
  const shown = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? shown.at(-1) : undefined;
  const commits = await findRevisions(
    prisma,
    subject.repositoryId,
    shown.map((row) => row.revision),
  );
  return {
    items: shown.map((row) => {
      const commit = commits.get(row.revision);
      return {
        ...viewOf(row),
        commit: commit ? commitViewOf(commit) : unknownCommit(row.revision, row.finishedAt),
        current: row.id === subject.state?.deploymentId,
      };
    }),
    nextCursor: encodeCursor(last ? [last.finishedAt.toISOString(), last.id] : null),
    total,
  };
}

function viewOf(row: DeploymentRow): Omit<DeploymentView, 'commit' | 'current'> {
  return {
    id: row.id,
    kind: DEPLOYING_KINDS.find((kind) => kind === row.kind) ?? 'sync',
    operationId: row.operationId,
    images: z.array(z.string()).catch([]).parse(row.images),
    actorName: row.actorName,
    outcome: row.outcome,
    message: row.message,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt.toISOString(),
  };
}

/** What differs between what two deployments rendered, `from` → `to`, masked. Errors: forbidden, not-found. */
export async function diffDeployments(
  ctx: Context,
  input: { id: string; from: string; to: string },
): Promise<{ objects: ObjectChange[] }> {
  await requirePermission(ctx, 'applications:read');
  const { prisma } = ctx.database;
  const [from, to] = await Promise.all([
    findDeployment(prisma, input.id, input.from),
    findDeployment(prisma, input.id, input.to),
  ]);
  if (!from) throw notFound('deployment', input.from);
  if (!to) throw notFound('deployment', input.to);
  const [older, newer] = await Promise.all([loadSetObjects(prisma, from.setId), loadSetObjects(prisma, to.setId)]);
  const before = new Map(older.map((object) => [object.key, object]));
  const after = new Map(newer.map((object) => [object.key, object]));
  const keys = [...new Set([...after.keys(), ...before.keys()])];
  const label = (row: DeploymentRow) => row.revision.slice(0, 7);
  return {
    objects: keys.flatMap((id): ObjectChange[] => {
      const [left, right, key] = [before.get(id), after.get(id), parseObjectKey(id)];
      if (!key || left?.hash === right?.hash) return [];
      const differences = left && right ? compareStructure(right.body, left.body) : [];
      const texts = diffDocuments({ desired: right?.body ?? null, live: left?.body ?? null, differences });
      return [
        {
          ...key,
          key: id,
          apiVersion: (right ?? left)?.body.apiVersion ?? '',
          category: 'pending',
          action: !right ? 'prune' : left ? 'change' : 'create',
          before: { label: label(from), text: texts.live },
          after: { label: label(to), text: texts.desired },
          differences: differences.map(({ path, desired, live }) => ({ path, desired, live })),
          needsReplace: left && right ? needsReplace({ live: left.body, desired: right.body, differences }) : [],
          drifts: [],
        },
      ];
    }),
  };
}
