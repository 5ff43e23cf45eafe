import { deleteApplication as removeApplication } from '#lib/database/applications.ts';
import { listDependents } from '#lib/database/dependencies.ts';
import { findSubject } from '#lib/database/subjects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound, ServiceError } from '../errors.ts';
import { digestOf } from '../shared/digest.ts';
import { declarationOf } from './declaration.ts';

/**
 * Stops looking after an application. Its objects stay in the cluster as they are; the message says so. Errors:
 * forbidden (audited), not-found, conflict while an operation is under way.
 */
export async function deleteApplication(ctx: Context, input: { id: string }): Promise<{ message: string }> {
  const subject = await findSubject(ctx.database.prisma, input.id);
  const target = { kind: 'application' as const, id: input.id, name: subject?.name ?? '' };
  await requirePermission(ctx, 'applications:write', { verb: 'application.delete', target });
  if (!subject) throw notFound('application', input.id);
  return inTransaction(ctx.database, async ({ tx, changed }) => {
    const now = await findSubject(tx, subject.id);
    if (!now) throw notFound('application', input.id);
    if (now.state?.activeOperationId != null) {
      throw new ServiceError('conflict', `${now.name} has an operation under way; wait for it or terminate it.`);
    }
    const dependents = await listDependents(tx, now.id);
    if (dependents.length > 0) throw neededBy(now.name, dependents);
    await removeApplication(tx, now.id);
    await recordAudit(ctx, tx, {
      verb: 'application.delete',
      target,
      outcome: 'succeeded',
      beforeHash: digestOf(declarationOf(now)),
      detail: { clusterId: now.clusterId, namespace: now.namespace, objectsLeft: now.state?.objectCount ?? 0 },
    });
    changed(`application:${now.id}`, `cluster:${now.clusterId}`, 'audit');
    return {
      message:
        `${now.name} is no longer looked after. Its objects stay in cluster ${now.cluster.name} as they are; ` +
        'remove them there if they should go.',
    };
  });
}

function neededBy(name: string, dependents: { name: string }[]): ServiceError {
  const words = dependents.map((one) => one.name).join(', ');
  return new ServiceError(
    'conflict',
    `${words} ${dependents.length === 1 ? 'depends' : 'depend'} on ${name}; change that first.`,
  );
}
