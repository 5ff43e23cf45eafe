import type { z } from 'zod';
import { systemIgnoreRules, type SystemIgnoreRules } from '#lib/contracts/ignore-rules.ts';
import { writeSetting } from '#lib/database/installation.ts';
import { listApplicationIds } from '#lib/database/states.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { describeRule } from '#lib/domain/diff/ignore.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { digestOf } from '../shared/digest.ts';
import { plainRules, storedRules, systemRules } from '../shared/rules-of.ts';

/** The ignore rules of the whole installation. Errors: forbidden. */
export async function getSystemRules(ctx: Context): Promise<SystemIgnoreRules> {
  await requirePermission(ctx, 'projects:read');
  return { ignoreRules: await systemRules(ctx.database.prisma) };
}

/** Replaces them; every application is compared anew. Errors: forbidden (audited), invalid (the rule's field). */
export async function updateSystemRules(
  ctx: Context,
  input: z.input<typeof systemIgnoreRules>,
): Promise<SystemIgnoreRules> {
  const target = { kind: 'installation' as const, id: '', name: 'all applications' };
  await requirePermission(ctx, 'projects:write', { verb: 'ignore-rules.update', target });
  const ignoreRules = plainRules(systemIgnoreRules.parse(input).ignoreRules);
  return inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
    const before = await systemRules(tx);
    await writeSetting(tx, 'ignore-rules', ignoreRules);
    await recordAudit(ctx, tx, {
      verb: 'ignore-rules.update',
      target,
      outcome: 'succeeded',
      detail: { before: before.map(describeRule), after: storedRules(ignoreRules).map(describeRule) },
      beforeHash: digestOf(before),
      afterHash: digestOf(ignoreRules),
    });
    const ids = await listApplicationIds(tx, {});
    enqueue(...ids.map((key) => ({ kind: 'compare' as const, key })));
    changed('audit');
    return { ignoreRules: await systemRules(tx) };
  });
}
