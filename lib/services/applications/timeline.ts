import type { TimelineEntry } from '#lib/contracts/applications.ts';
import { auditSentence } from '#lib/contracts/audit-verbs.ts';
import { findRevisions, listTimelineEntries } from '#lib/database/application-details.ts';
import { listTimelineSources, type TimelineSources } from '#lib/database/timeline-sources.ts';
import { findSubject } from '#lib/database/subjects.ts';
import { describeObjectKey, parseObjectKey } from '#lib/domain/resource/manifest.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { decodeCursor, encodeCursor } from '../shared/cursor.ts';

/** Comes after every id. */
const LAST_ID = '~';
/** Entries of one source that may share one moment with the end of a page. */
const SAME_MOMENT = 50;

type Tone = TimelineEntry['tone'];

/** Commits, deployments, drift, pins, health flips and people's acts on one line of time, newest first. Errors: forbidden, not-found, invalid. */
export async function listTimeline(
  ctx: Context,
  input: { id: string; cursor?: string | undefined; limit: number },
): Promise<{ items: TimelineEntry[]; nextCursor: string | null }> {
  await requirePermission(ctx, 'applications:read');
  const { prisma } = ctx.database;
  const subject = await findSubject(prisma, input.id);
  if (!subject) throw notFound('application', input.id);
  const [at, lastId] = decodeCursor(input.cursor, ['time', 'text']) ?? [ctx.clock.now().toISOString(), LAST_ID];
  // An act, its audit and its deployment share their time: entries of the cursor's own moment are read again.
  const before = new Date(new Date(at ?? 0).getTime() + 1);
  const page = { before, limit: input.limit + SAME_MOMENT };
  const [sources, flips] = await Promise.all([
    listTimelineSources(prisma, subject.id, page),
    listTimelineEntries(prisma, subject.id, page),
  ]);
  const commits = await findRevisions(prisma, subject.repositoryId, [
    ...new Set(sources.deployments.map((row) => row.revision)),
  ]);
  const subjectOf = (sha: string) => commits.get(sha)?.subject ?? '';
  const entries = [
    ...deploymentEntries(sources, subjectOf),
    ...driftEntries(sources, before),
    ...pinEntries(sources, before),
    ...auditEntries(sources),
    ...flips.map((flip) =>
      entry({
        id: flip.id,
        kind: flipKind(flip.kind),
        at: flip.at,
        summary: flip.summary,
        tone: flipTone(flip.summary),
      }),
    ),
  ]
    .filter((one) => one.at < String(at) || (one.at === at && one.id < String(lastId)))
    .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1));
  const items = entries.slice(0, input.limit);
  const last = entries.length > input.limit ? items.at(-1) : undefined;
  return { items, nextCursor: encodeCursor(last ? [last.at, last.id] : null) };
}

function entry(parts: {
  id: string;
  kind: TimelineEntry['kind'];
  at: Date;
  summary: string;
  tone: Tone;
  actorName?: string;
  ref?: string | null;
}): TimelineEntry {
  return { ...parts, at: parts.at.toISOString(), actorName: parts.actorName ?? null, ref: parts.ref ?? null };
}

const DEPLOYED = { sync: 'Synced', revert: 'Reverted', 'rollback-git': 'Rolled back in Git', pin: 'Pinned' } as const;

function deploymentEntries({ deployments }: TimelineSources, subjectOf: (sha: string) => string): TimelineEntry[] {
  return deployments.map((row) => {
    const verb = Object.entries(DEPLOYED).find(([kind]) => kind === row.kind)?.[1] ?? 'Synced';
    const words = subjectOf(row.revision);
    return entry({
      id: `deployment-${row.id}`,
      kind: 'deployment',
      at: row.finishedAt,
      summary: `${verb} to ${row.revision.slice(0, 7)}${words === '' ? '' : ` “${words}”`}: ${row.outcome}`,
      tone:
        row.outcome === 'Healthy' || row.outcome === 'Suspended'
          ? 'ok'
          : row.outcome === 'Progressing'
            ? 'blue'
            : 'bad',
      actorName: row.actorName,
      ref: row.operationId,
    });
  });
}

function driftEntries({ drifts }: TimelineSources, before: Date): TimelineEntry[] {
  return drifts.flatMap((row) => {
    const key = parseObjectKey(row.objectKey);
    const what = `${row.path === '' ? 'presence' : row.path} of ${key ? describeObjectKey(key) : row.objectKey}`;
    const opened = entry({
      id: `drift-${row.id}`,
      kind: 'drift',
      at: row.firstSeenAt,
      summary: `${what}${row.manager === null ? '' : `, by ${row.manager}`}`,
      tone: 'violet',
      ref: row.id,
    });
    const closed = row.closedAt
      ? [
          entry({
            id: `drift-closed-${row.id}`,
            kind: 'drift-closed',
            at: row.closedAt,
            summary: `Gone: ${what}`,
            tone: 'ok',
            ref: row.id,
          }),
        ]
      : [];
    return [opened, ...closed].filter((one) => one.at < before.toISOString());
  });
}

function pinEntries({ pins }: TimelineSources, before: Date): TimelineEntry[] {
  return pins.flatMap((row) => {
    const begun = entry({
      id: `pin-${row.id}`,
      kind: 'pin',
      at: row.createdAt,
      summary: `Pinned at ${row.revision.slice(0, 7)} until ${row.expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC: ${row.reason}`,
      tone: 'amber',
      actorName: row.ownerName,
    });
    const ended = row.endedAt
      ? [
          entry({
            id: `pin-ended-${row.id}`,
            kind: 'pin-ended',
            at: row.endedAt,
            summary: `Pin ${row.endedHow ?? 'ended'}`,
            tone: 'grey',
            actorName: row.endedBy ?? '',
          }),
        ]
      : [];
    return [begun, ...ended].filter((one) => one.at < before.toISOString());
  });
}

function auditEntries({ audit }: TimelineSources): TimelineEntry[] {
  return audit.map((row) =>
    entry({
      id: `audit-${row.sequence}`,
      kind: 'audit',
      at: row.at,
      summary: `${auditSentence(row)}${row.reason === '' ? '' : `: ${row.reason}`}`,
      tone: row.outcome === 'refused' || row.outcome === 'failed' ? 'bad' : 'grey',
      actorName: row.actorName,
      ref: String(row.sequence),
    }),
  );
}

function flipKind(kind: string): 'health' | 'sync' | 'error' {
  return kind === 'sync' ? 'sync' : kind === 'health' ? 'health' : 'error';
}

/** The colour of what it became: `Synced → OutOfSync` is not well. */
function flipTone(flip: string): Tone {
  const [, became = flip] = flip.split('→');
  const summary = became.split(':')[0] ?? became;
  if (/Degraded|Missing|error|fail/i.test(summary)) return 'bad';
  if (/OutOfSync|Suspended|Terminating/.test(summary)) return 'amber';
  if (/Progressing|Syncing/.test(summary)) return 'blue';
  return /Healthy|Synced/.test(summary) ? 'ok' : 'grey';
}
