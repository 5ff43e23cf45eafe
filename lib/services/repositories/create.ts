import type { z } from 'zod';
import { createRepositoryInput, type RepositoryView } from '#lib/contracts/repositories.ts';
import { findRepositoryRow, insertRepository, writeRepositoryCredential } from '#lib/database/repositories.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { digestOf } from '../shared/digest.ts';
import { withUnique } from '../shared/unique.ts';
import { checkRepositoryUrl } from './check-url.ts';
import { repositoryCredentialPurpose } from './endpoint.ts';
import { repositoryDeclaration, repositoryViewOf } from './view.ts';

/** Registers a repository and fetches it at once. Errors: forbidden (audited), invalid, refused, conflict. */
export async function createRepository(
  ctx: Context,
  input: z.input<typeof createRepositoryInput>,
): Promise<RepositoryView> {
  const target = { kind: 'repository' as const, id: '', name: input.name };
  await requirePermission(ctx, 'repositories:write', { verb: 'repository.create', target });
  const wanted = createRepositoryInput.parse(input);
  checkRepositoryUrl(wanted.url, wanted.credential, ctx.policy);
  return withUnique('repository', () =>
    inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
      const { credential, ...repository } = wanted;
      const id = await insertRepository(tx, repository);
      await writeRepositoryCredential(tx, id, {
        kind: credential.kind,
        ...ctx.keyring.seal(JSON.stringify(credential), repositoryCredentialPurpose(id)),
        rotatedAt: ctx.clock.now(),
      });
      const row = await findRepositoryRow(tx, id);
      if (!row) throw notFound('repository', id);
      await recordAudit(ctx, tx, {
        verb: 'repository.create',
        target: { kind: 'repository', id, name: row.name },
        outcome: 'succeeded',
        afterHash: digestOf(repositoryDeclaration(row)),
        detail: { url: row.url, credentialKind: row.credentialKind },
      });
      enqueue({ kind: 'fetch', key: id });
      changed(`repository:${id}`, 'audit');
      return repositoryViewOf(row, ctx.policy.origin);
    }),
  );
}
