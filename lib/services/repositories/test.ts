import type { z } from 'zod';
import { type repositoryTest, testRepositoryInput } from '#lib/contracts/repositories.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { type AuditTarget, recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { ask, type WaitForChange } from '../inquiries/ask.ts';
import { checkRepositoryUrl } from './check-url.ts';
import { openRepository } from './update.ts';

type Waiting = { waitForChange?: WaitForChange };
type RepositoryTest = z.infer<typeof repositoryTest>;

/** Tests a registered repository. Errors: forbidden (audited), not-found, unavailable. */
export async function testRepository(ctx: Context & Waiting, input: { id: string }): Promise<RepositoryTest> {
  const row = await openRepository(ctx, input.id, { verb: 'repository.test', permission: 'repositories:test' });
  const result = await ask(ctx, { kind: 'repository-test', subject: { repositoryId: row.id } }, ctx.waitForChange);
  await audit(ctx, { kind: 'repository', id: row.id, name: row.name }, result);
  return result;
}

/** Tests a repository before it is registered; nothing of it is kept. Errors: forbidden (audited), invalid, refused, unavailable. */
export async function testNewRepository(
  ctx: Context & Waiting,
  input: z.input<typeof testRepositoryInput>,
): Promise<RepositoryTest> {
  const unnamed = { kind: 'repository' as const, id: '', name: 'new repository' };
  await requirePermission(ctx, 'repositories:write', { verb: 'repository.test', target: unnamed });
  const wanted = testRepositoryInput.parse(input);
  checkRepositoryUrl(wanted.url, wanted.credential, ctx.policy);
  const result = await ask(
    ctx,
    { kind: 'repository-test', subject: { repositoryId: null }, secret: JSON.stringify(wanted) },
    ctx.waitForChange,
  );
  await audit(ctx, { ...unnamed, name: wanted.url }, result);
  return result;
}

async function audit(ctx: Context, target: AuditTarget, result: RepositoryTest): Promise<void> {
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    await recordAudit(ctx, tx, {
      verb: 'repository.test',
      target,
      outcome: result.ok ? 'succeeded' : 'failed',
      reason: result.ok ? '' : result.message,
    });
    changed('audit');
  });
}
