import type { z } from 'zod';
import { applicationInput } from '#lib/contracts/applications.ts';
import { insertApplication } from '#lib/database/applications.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { digestOf } from '../shared/digest.ts';
import { withUnique } from '../shared/unique.ts';
import { checkDeclaration, columnsOf } from './declaration.ts';
import { saveDependencies } from './dependencies.ts';

/**
 * Declares an application; it is rendered and compared at once, and nothing is written to its cluster by that. Errors:
 * forbidden (audited), invalid, conflict.
 */
export async function createApplication(
  ctx: Context,
  input: z.input<typeof applicationInput>,
): Promise<{ id: string }> {
  const target = { kind: 'application' as const, id: '', name: input.name };
  await requirePermission(ctx, 'applications:write', { verb: 'application.create', target });
  const wanted = applicationInput.parse(input);
  return withUnique('application of the project', () =>
    inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
      await checkDeclaration(tx, wanted);
      const id = await insertApplication(tx, columnsOf(wanted), wanted.syncPolicy.automated);
      await saveDependencies(tx, { id, projectId: wanted.projectId }, wanted.dependsOn);
      await recordAudit(ctx, tx, {
        verb: 'application.create',
        target: { ...target, id },
        outcome: 'succeeded',
        afterHash: digestOf(wanted),
        detail: {
          clusterId: wanted.clusterId,
          namespace: wanted.namespace,
          repositoryId: wanted.source.repositoryId,
          targetRevision: wanted.source.targetRevision,
          path: wanted.source.path,
          automated: wanted.syncPolicy.automated,
          dependsOn: wanted.dependsOn,
        },
      });
      enqueue({ kind: 'render', key: id });
      changed(`application:${id}`, `cluster:${wanted.clusterId}`, 'audit');
      return { id };
    }),
  );
}
