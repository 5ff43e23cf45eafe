import type { z } from 'zod';
import type { Page } from '#lib/contracts/common.ts';
import type { RepositoryView, webhookDelivery } from '#lib/contracts/repositories.ts';
import {
  countDeliveries,
  type DeliveryRow,
  findRepositoryRow,
  listDeliveryRows,
  listRepositoryRows,
} from '#lib/database/repositories.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { decodeTimeCursor, encodeCursor } from '../shared/cursor.ts';
import { repositoryViewOf } from './view.ts';

/** Every repository by name. Errors: forbidden. */
export async function listRepositories(ctx: Context): Promise<RepositoryView[]> {
  await requirePermission(ctx, 'repositories:read');
  const rows = await listRepositoryRows(ctx.database.prisma);
  return rows.map((row) => repositoryViewOf(row, ctx.policy.origin));
}

/** Errors: forbidden, not-found. */
export async function getRepository(ctx: Context, input: { id: string }): Promise<RepositoryView> {
  await requirePermission(ctx, 'repositories:read');
  const row = await findRepositoryRow(ctx.database.prisma, input.id);
  if (!row) throw notFound('repository', input.id);
  return repositoryViewOf(row, ctx.policy.origin);
}

type Delivery = z.infer<typeof webhookDelivery>;
const OUTCOMES = ['accepted', 'duplicate', 'ignored', 'refused'] as const;

function deliveryOf(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    deliveryId: row.deliveryId,
    event: row.event,
    outcome: OUTCOMES.find((outcome) => outcome === row.outcome) ?? 'ignored',
    detail: row.detail,
    receivedAt: row.receivedAt.toISOString(),
  };
}

/** Webhook deliveries of a repository, newest first. Errors: forbidden, not-found, invalid. */
export async function listDeliveries(
  ctx: Context,
  input: { repositoryId: string; cursor?: string | undefined; limit: number },
): Promise<Page<Delivery>> {
  const { id } = await getRepository(ctx, { id: input.repositoryId });
  const cursor = decodeTimeCursor(input.cursor);
  const before = cursor ? { receivedAt: cursor.at, id: cursor.id } : null;
  const { prisma } = ctx.database;
  const [rows, total] = await Promise.all([
    listDeliveryRows(prisma, { repositoryId: id, before, limit: input.limit + 1 }),
    countDeliveries(prisma, id),
  ]);
  const items = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? items.at(-1) : undefined;
  return {
    items: items.map(deliveryOf),
    nextCursor: encodeCursor(last ? [last.receivedAt.toISOString(), last.id] : null),
    total,
  };
}
