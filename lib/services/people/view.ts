import type { Person } from '#lib/contracts/session.ts';
import type { PersonRow } from '#lib/database/people.ts';
import { isRole, type Role } from '#lib/domain/policy/roles.ts';

/** A stored role; anything unknown may the least. */
export const roleOf = (text: string): Role => (isRole(text) ? text : 'viewer');

export function personOf(row: PersonRow): Person {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: roleOf(row.role),
    disabledAt: row.disabledAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  };
}
