import type { z } from 'zod';
import { type ApplicationInput, applicationInput, updateApplicationInput } from '#lib/contracts/applications.ts';
import { updateApplication as writeApplication } from '#lib/database/applications.ts';
import { findSubject, type SubjectRow } from '#lib/database/subjects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { canonicalJson } from '#lib/domain/resource/canonical.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound, ServiceError } from '../errors.ts';
import { digestOf } from '../shared/digest.ts';
import { withUnique } from '../shared/unique.ts';
import { checkDeclaration, columnsOf, declarationOf } from './declaration.ts';
import { saveDependencies } from './dependencies.ts';

/** What an automatic sync that waits is waiting by. */
const AWAITED = ['projectId', 'name', 'dependsOn'] as const;

/**
 * Changes a declaration. `version` is the one that was seen. What was deployed cannot move to another cluster or
 * namespace. Errors: forbidden (audited), not-found, invalid, conflict, refused.
 */
export async function updateApplication(
  ctx: Context,
  input: { id: string; change: z.input<typeof updateApplicationInput> },
): Promise<void> {
  const subject = await findSubject(ctx.database.prisma, input.id);
  const target = { kind: 'application' as const, id: input.id, name: subject?.name ?? '' };
  await requirePermission(ctx, 'applications:write', { verb: 'application.update', target });
  if (!subject) throw notFound('application', input.id);
  const { version, ...change } = updateApplicationInput.parse(input.change);
  const before = declarationOf(subject);
  const after = applicationInput.parse({ ...before, ...withoutUndefined(change) });
  refuseMove(subject, before, after);
  await withUnique('application of the project', () =>
    inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
      await checkDeclaration(tx, after);
      const seen = { id: subject.id, version };
      if (!(await writeApplication(tx, seen, { ...columnsOf(after), automated: after.syncPolicy.automated }))) {
        throw new ServiceError(
          'conflict',
          `${subject.name} was changed by somebody else (version ${subject.version}, you saw ${version}). Load it again.`,
          { fields: [{ path: 'version', message: 'is not the current one' }] },
        );
      }
      if (canonicalJson(before.dependsOn) !== canonicalJson(after.dependsOn))
        await saveDependencies(tx, { id: subject.id, projectId: after.projectId }, after.dependsOn);
      await recordAudit(ctx, tx, {
        verb: 'application.update',
        target: { ...target, name: after.name },
        outcome: 'succeeded',
        beforeHash: digestOf(before),
        afterHash: digestOf(after),
        detail: { changed: changedMembers(before, after) },
      });
      enqueue({ kind: 'render', key: subject.id }, { kind: 'compare', key: subject.id });
      // Other sync windows may be about it now, or other applications, than those an automatic sync waits for.
      if (AWAITED.some((key) => canonicalJson(before[key]) !== canonicalJson(after[key])))
        enqueue({ kind: 'auto-sync', key: subject.id });
      changed(`application:${subject.id}`, `cluster:${after.clusterId}`, 'audit');
    }),
  );
}

function withoutUndefined(change: object): object {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function changedMembers(before: ApplicationInput, after: ApplicationInput): string[] {
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).flatMap(([key, value]) =>
    canonicalJson(value) === canonicalJson(old.get(key)) ? [] : [key],
  );
}

/** Objects already applied would be left behind unseen. */
function refuseMove(subject: SubjectRow, before: ApplicationInput, after: ApplicationInput): void {
  const moved = (['clusterId', 'namespace'] as const).find((key) => before[key] !== after[key]);
  if (moved === undefined || subject.state?.deployedSha == null) return;
  const words = `${subject.name} is deployed; declare a new application there and delete this one`;
  throw new ServiceError('refused', `${words}.`, { fields: [{ path: moved, message: words }] });
}
