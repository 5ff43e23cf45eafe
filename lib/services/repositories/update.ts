import type { z } from 'zod';
import type { AuditVerb } from '#lib/contracts/audit-verbs.ts';
import { type RepositoryView, updateRepositoryInput } from '#lib/contracts/repositories.ts';
import { copyNames, listApplicationNames } from '#lib/database/applications.ts';
import {
  deleteRepository as removeRepository,
  findRepositoryRow,
  type RepositoryRow,
  updateRepository as writeRepository,
  writeRepositoryCredential,
} from '#lib/database/repositories.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { digestOf } from '../shared/digest.ts';
import { inUse, withUnique } from '../shared/unique.ts';
import { checkRepositoryUrl } from './check-url.ts';
import { repositoryCredentialPurpose } from './endpoint.ts';
import { repositoryDeclaration, repositoryViewOf } from './view.ts';

/** The repository, once the actor may do `verb` to it. */
export async function openRepository(
  ctx: Context,
  id: string,
  attempt: { verb: AuditVerb; permission: 'repositories:write' | 'repositories:refresh' | 'repositories:test' },
): Promise<RepositoryRow> {
  const row = await findRepositoryRow(ctx.database.prisma, id);
  const target = { kind: 'repository' as const, id, name: row?.name ?? '' };
  await requirePermission(ctx, attempt.permission, { verb: attempt.verb, target });
  if (!row) throw notFound('repository', id);
  return row;
}

/** Renames a repository, changes its interval or its credential. Errors: forbidden (audited), not-found, invalid, conflict. */
export async function updateRepository(
  ctx: Context,
  input: { id: string; change: z.input<typeof updateRepositoryInput> },
): Promise<RepositoryView> {
  const before = await openRepository(ctx, input.id, { verb: 'repository.update', permission: 'repositories:write' });
  const { credential, name, pollIntervalSeconds, forge } = updateRepositoryInput.parse(input.change);
  if (credential) checkRepositoryUrl(before.url, credential, ctx.policy);
  return withUnique('repository', () =>
    inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
      await writeRepository(tx, before.id, {
        ...(name === undefined ? {} : { name }),
        ...(pollIntervalSeconds === undefined ? {} : { pollIntervalSeconds }),
        ...(forge === undefined ? {} : { forge }),
      });
      if (credential) {
        await writeRepositoryCredential(tx, before.id, {
          kind: credential.kind,
          ...ctx.keyring.seal(JSON.stringify(credential), repositoryCredentialPurpose(before.id)),
          rotatedAt: ctx.clock.now(),
        });
        enqueue({ kind: 'fetch', key: before.id });
      }
      if (name !== undefined && name !== before.name) await copyNames(tx, { repositoryId: before.id });
      const after = await findRepositoryRow(tx, before.id);
      if (!after) throw notFound('repository', before.id);
      await recordAudit(ctx, tx, {
        verb: credential ? 'credential.rotate' : 'repository.update',
        target: { kind: 'repository', id: after.id, name: after.name },
        outcome: 'succeeded',
        beforeHash: digestOf(repositoryDeclaration(before)),
        afterHash: digestOf(repositoryDeclaration(after)),
        detail: { credentialReplaced: credential !== undefined },
      });
      changed(`repository:${after.id}`, 'audit');
      return repositoryViewOf(after, ctx.policy.origin);
    }),
  );
}

/** Forgets a repository that no application uses. Errors: forbidden (audited), not-found, conflict. */
export async function deleteRepository(ctx: Context, input: { id: string }): Promise<void> {
  const row = await openRepository(ctx, input.id, { verb: 'repository.delete', permission: 'repositories:write' });
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    const users = await listApplicationNames(tx, { repositoryId: row.id });
    if (users.length > 0) throw inUse(`Repository ${row.name}`, users, row.applicationCount);
    await removeRepository(tx, row.id);
    await recordAudit(ctx, tx, {
      verb: 'repository.delete',
      target: { kind: 'repository', id: row.id, name: row.name },
      outcome: 'succeeded',
      beforeHash: digestOf(repositoryDeclaration(row)),
      detail: { url: row.url },
    });
    changed(`repository:${row.id}`, 'audit');
  });
}

/** Asks a worker to fetch now. Errors: forbidden (audited), not-found. */
export async function refreshRepository(ctx: Context, input: { id: string }): Promise<RepositoryView> {
  const row = await openRepository(ctx, input.id, { verb: 'repository.update', permission: 'repositories:refresh' });
  await inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
    const target = { kind: 'repository' as const, id: row.id, name: row.name };
    await recordAudit(ctx, tx, { verb: 'repository.update', target, outcome: 'allowed', reason: 'fetch now' });
    enqueue({ kind: 'fetch', key: row.id });
    changed('audit');
  });
  return repositoryViewOf(row, ctx.policy.origin);
}
