import type { z } from 'zod';
import { type DriftView, listDriftQuery } from '#lib/contracts/drift.ts';
import type { Page } from '#lib/contracts/common.ts';
import { listApplicationIds } from '#lib/database/application-list.ts';
import { countDriftRecords, type DriftRow, listDriftRecords } from '#lib/database/application-details.ts';
import { requirePermission } from '../access/require.ts';
import { parseTerms } from '../applications/list.ts';
import type { Context } from '../context.ts';
import { decodeTimeCursor, encodeCursor } from '../shared/cursor.ts';
import { driftViewOf } from './view.ts';

/** A search over applications narrows drift to at most this many of them. */
const MOST_APPLICATIONS = 10_000;

/** Drift records, newest first; `query` is the search grammar over their applications. Errors: forbidden, invalid. */
export async function listDrift(ctx: Context, input: z.input<typeof listDriftQuery>): Promise<Page<DriftView>> {
  await requirePermission(ctx, 'drift:read');
  const query = listDriftQuery.parse(input);
  const { prisma } = ctx.database;
  const filter = {
    applicationId: query.applicationId,
    applicationIds: await matching(ctx, query.query),
    state: query.state,
    from: query.from === undefined ? undefined : new Date(query.from),
    to: query.to === undefined ? undefined : new Date(query.to),
  };
  const cursor = decodeTimeCursor(query.cursor);
  const after = cursor ? { firstSeenAt: cursor.at, id: cursor.id } : null;
  const [rows, total] = await Promise.all([
    listDriftRecords(prisma, { ...filter, after, limit: query.limit + 1 }),
    countDriftRecords(prisma, filter),
  ]);
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return { items: shown.map(driftViewOf), nextCursor: encodeCursor(last ? keyOf(last) : null), total };
}

const keyOf = (row: DriftRow) => [row.firstSeenAt.toISOString(), row.id];

async function matching(ctx: Context, text: string): Promise<string[] | undefined> {
  const terms = parseTerms(text);
  if (terms.length === 0) return undefined;
  const page = await listApplicationIds(ctx.database.prisma, {
    terms,
    sort: 'name',
    descending: false,
    after: null,
    limit: MOST_APPLICATIONS,
  });
  return page.ids;
}
