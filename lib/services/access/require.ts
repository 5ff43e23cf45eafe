import type { AuditVerb } from '#lib/contracts/audit-verbs.ts';
import { can, type Permission, roleNeeded } from '#lib/domain/policy/roles.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { type AuditTarget, recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { ServiceError } from '../errors.ts';

/**
 * The scope check that opens every verb. A refused attempt to change something is audited before the error leaves;
 * a refused read is not (it would let anyone fill the audit).
 */
export async function requirePermission(
  ctx: Context,
  permission: Permission,
  attempt?: { verb: AuditVerb; target: AuditTarget },
): Promise<void> {
  if (can(ctx.actor.role, permission)) return;
  const reason = `needs role ${roleNeeded(permission)}, ${ctx.actor.name} is ${ctx.actor.role}`;
  if (attempt) {
    await inTransaction(ctx.database, async ({ tx, changed }) => {
      await recordAudit(ctx, tx, { ...attempt, outcome: 'refused', reason });
      changed('audit');
    });
  }
  throw new ServiceError('forbidden', `Not allowed: ${attempt?.verb ?? permission} ${reason}.`);
}
