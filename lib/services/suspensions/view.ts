import type { SuspensionView } from '#lib/contracts/suspensions.ts';
import type { SuspensionRow } from '#lib/database/suspensions.ts';

export function suspensionViewOf(row: SuspensionRow): SuspensionView {
  return {
    id: row.id,
    ownerName: row.ownerName,
    reason: row.reason,
    expiresAt: row.expiresAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    announcedAt: row.announcedAt?.toISOString() ?? null,
  };
}
