import type { z } from 'zod';
import { type ApplicationRow, listApplicationsQuery } from '#lib/contracts/applications.ts';
import type { Page } from '#lib/contracts/common.ts';
import { countApplications, listApplicationIds } from '#lib/database/application-list.ts';
import { findApplicationRows } from '#lib/database/application-rows.ts';
import { parseSearchQuery, type SearchTerm } from '#lib/domain/search/query.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { invalid } from '../errors.ts';
import { decodeCursor, encodeCursor } from '../shared/cursor.ts';

const KEY_COLUMNS = {
  attention: ['number', 'text', 'id'],
  name: ['text', 'id'],
  cluster: ['text', 'text', 'id'],
  changed: ['time', 'id'],
  deployed: ['time', 'id'],
} as const;
const DESCENDING = new Set(['attention', 'changed', 'deployed']);

/** One page of applications, worst first unless asked otherwise. Errors: forbidden, invalid. */
export async function listApplications(
  ctx: Context,
  input: z.input<typeof listApplicationsQuery>,
): Promise<Page<ApplicationRow>> {
  await requirePermission(ctx, 'applications:read');
  const query = listApplicationsQuery.parse(input);
  const terms = parseTerms(query.query);
  const [ids, total] = await Promise.all([
    listApplicationIds(ctx.database.prisma, {
      terms,
      sort: query.sort,
      descending: query.direction === undefined ? DESCENDING.has(query.sort) : query.direction === 'desc',
      after: decodeCursor(query.cursor, KEY_COLUMNS[query.sort]),
      limit: query.limit,
    }),
    countApplications(ctx.database.prisma, terms),
  ]);
  const rows = await findApplicationRows(ctx.database.prisma, ids.ids);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { items: ids.ids.flatMap((id) => byId.get(id) ?? []), nextCursor: encodeCursor(ids.next), total };
}

/** Terms of the search grammar. Errors: invalid, with what could not be understood. */
export function parseTerms(query: string): SearchTerm[] {
  const { terms, problems } = parseSearchQuery(query);
  if (problems.length > 0) throw invalid('query', problems.join('; '));
  return terms;
}
