import type { ObjectRow } from '#lib/contracts/applications.ts';
import { listObjectStates } from '#lib/database/application-details.ts';
import { findSubject } from '#lib/database/subjects.ts';
import { diagnose } from '#lib/domain/health/causes/diagnose.ts';
import { HEALTH_STATUSES } from '#lib/domain/health/status.ts';
import { parseObjectKey } from '#lib/domain/resource/manifest.ts';
import { SYNC_STATUSES } from '#lib/domain/sync/status.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';

const MOST_OBJECTS = 20_000;

/** Every object of an application, in the order a sync applies them, children after. Errors: forbidden, not-found. */
export async function listResources(ctx: Context, input: { id: string }): Promise<ObjectRow[]> {
  await requirePermission(ctx, 'applications:read');
  const subject = await findSubject(ctx.database.prisma, input.id);
  if (!subject) throw notFound('application', input.id);
  const rows = await listObjectStates(ctx.database.prisma, subject.id, { limit: MOST_OBJECTS });
  return rows.flatMap((row) => {
    const key = parseObjectKey(row.key);
    if (!key) return [];
    return {
      ...key,
      key: row.key,
      apiVersion: row.apiVersion,
      managed: row.managed,
      uid: row.uid,
      ownerUid: row.ownerUid,
      sync: SYNC_STATUSES.find((status) => status === row.sync) ?? 'Unknown',
      health: HEALTH_STATUSES.find((status) => status === row.health) ?? 'Unknown',
      message: row.message,
      diagnosis: row.health === 'Healthy' ? null : diagnose(row.message),
      createdAt: row.createdAt?.toISOString() ?? null,
      changedAt: row.changedAt.toISOString(),
    };
  });
}
