import type { OperationView } from '#lib/contracts/operations.ts';
import { findOperation, listOperations } from '#lib/database/operations.ts';
import { findSubject } from '#lib/database/subjects.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { decodeTimeCursor, encodeCursor } from '../shared/cursor.ts';
import { operationViewOf } from './view.ts';

/** One operation with the result of every object. Errors: forbidden, not-found. */
export async function getOperation(ctx: Context, input: { id: string }): Promise<OperationView> {
  await requirePermission(ctx, 'applications:read');
  const row = await findOperation(ctx.database.prisma, input.id);
  const subject = row ? await findSubject(ctx.database.prisma, row.applicationId) : null;
  if (!row || !subject) throw notFound('operation', input.id);
  return operationViewOf(row, subject.name);
}

/** Operations of an application, newest first. Errors: forbidden, not-found, invalid. */
export async function getApplicationOperations(
  ctx: Context,
  input: { applicationId: string; cursor?: string | undefined; limit: number },
): Promise<{ items: OperationView[]; nextCursor: string | null }> {
  await requirePermission(ctx, 'applications:read');
  const subject = await findSubject(ctx.database.prisma, input.applicationId);
  if (!subject) throw notFound('application', input.applicationId);
  const cursor = decodeTimeCursor(input.cursor);
  const before = cursor ? { createdAt: cursor.at, id: cursor.id } : null;
  const rows = await listOperations(ctx.database.prisma, subject.id, { before, limit: input.limit + 1 });
  const shown = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => operationViewOf(row, subject.name)),
    nextCursor: encodeCursor(last ? [last.createdAt.toISOString(), last.id] : null),
  };
}
