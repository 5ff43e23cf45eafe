import type { z } from 'zod';
import { type Person, updatePersonInput } from '#lib/contracts/session.ts';
import {
  deleteSessionsOf,
  findUser,
  listPeople,
  lockActiveAdmins,
  updateUser,
  type UserRow,
} from '#lib/database/people.ts';
import type { Reader } from '#lib/database/reader.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound, ServiceError } from '../errors.ts';
import { personOf } from './view.ts';

/**
 * Changes a role or shuts somebody out (sessions end at once) or lets them in again. The last admin stays one. Errors:
 * forbidden (audited), not-found, refused.
 */
export async function updatePerson(
  ctx: Context,
  input: { id: string; change: z.input<typeof updatePersonInput> },
): Promise<Person> {
  const known = await findUser(ctx.database.prisma, input.id);
  const target = { kind: 'person' as const, id: input.id, name: known?.name ?? '' };
  await requirePermission(ctx, 'people:write', { verb: 'person.update', target });
  const change = updatePersonInput.parse(input.change);
  return inTransaction(ctx.database, async ({ tx, changed }) => {
    const admins = await lockActiveAdmins(tx);
    const before = await findUser(tx, input.id);
    if (!before) throw notFound('person', input.id);
    const remains = change.disabled !== true && (change.role ?? before.role) === 'admin';
    if (!remains && admins.length === 1 && admins[0] === before.id) {
      throw new ServiceError('refused', `${before.name} is the last admin; make somebody else one first.`);
    }
    const ended = await apply(tx, before, { ...change, now: ctx.clock.now() });
    await recordAudit(ctx, tx, {
      verb: 'person.update',
      target,
      outcome: 'succeeded',
      detail: {
        before: stateOf(before),
        after: { role: change.role ?? before.role, disabled: change.disabled ?? before.disabledAt !== null },
        sessionsEnded: ended,
      },
    });
    changed('people', 'audit');
    const row = (await listPeople(tx)).find((person) => person.id === input.id);
    if (!row) throw notFound('person', input.id);
    return personOf(row);
  });
}

const stateOf = (row: UserRow) => ({ role: row.role, disabled: row.disabledAt !== null });

async function apply(
  tx: Reader,
  before: UserRow,
  change: { role?: string | undefined; disabled?: boolean | undefined; now: Date },
): Promise<number> {
  await updateUser(tx, before.id, {
    ...(change.role === undefined ? {} : { role: change.role }),
    ...(change.disabled === undefined
      ? {}
      : { disabledAt: change.disabled ? (before.disabledAt ?? change.now) : null }),
  });
  return change.disabled === true ? deleteSessionsOf(tx, before.id) : 0;
}
