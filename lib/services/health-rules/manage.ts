import type { z } from 'zod';
import type { AuditVerb } from '#lib/contracts/audit-verbs.ts';
import { healthRuleInput, type HealthRuleView } from '#lib/contracts/health-rules.ts';
import {
  deleteHealthRule as removeRule,
  findHealthRuleRow,
  type HealthRuleRow,
  insertHealthRule,
  listApplicationsOfKind,
  listHealthRuleRows,
  updateHealthRule as writeRule,
} from '#lib/database/health-rules.ts';
import { inTransaction, type Transaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { digestOf } from '../shared/digest.ts';
import { withUnique } from '../shared/unique.ts';
import { clausesOf } from './assessor.ts';

const nameOf = ({ group, kind }: { group: string; kind: string }) => (group === '' ? kind : `${kind}.${group}`);

const viewOf = (row: HealthRuleRow): HealthRuleView => ({
  id: row.id,
  group: row.group,
  kind: row.kind,
  description: row.description,
  clauses: clausesOf(row),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

const declarationOf = ({ group, kind, description, clauses }: HealthRuleView) => ({
  group,
  kind,
  description,
  clauses,
});

/** Every health rule people wrote, by kind. Errors: forbidden. */
export async function listHealthRules(ctx: Context): Promise<HealthRuleView[]> {
  await requirePermission(ctx, 'health-rules:read');
  return (await listHealthRuleRows(ctx.database.prisma)).map(viewOf);
}

/**
 * Adds a rule; applications with such objects are judged anew. Errors: forbidden (audited), invalid (the field and the
 * position in its expression), conflict (there is a rule of this group and kind).
 */
export async function createHealthRule(ctx: Context, input: z.input<typeof healthRuleInput>): Promise<HealthRuleView> {
  const target = { kind: 'health-rule' as const, id: '', name: nameOf(input) };
  await requirePermission(ctx, 'health-rules:write', { verb: 'health-rule.create', target });
  const wanted = healthRuleInput.parse(input);
  return withUnique('health rule', () =>
    inTransaction(ctx.database, async (transaction) => {
      const view = viewOf(await insertHealthRule(transaction.tx, wanted));
      await recordAudit(ctx, transaction.tx, {
        verb: 'health-rule.create',
        target: { ...target, id: view.id },
        outcome: 'succeeded',
        afterHash: digestOf(declarationOf(view)),
      });
      await judgeAnew(transaction, [view]);
      return view;
    }),
  );
}

/** Replaces a rule. Errors: forbidden (audited), not-found, invalid, conflict. */
export async function updateHealthRule(
  ctx: Context,
  input: { id: string; rule: z.input<typeof healthRuleInput> },
): Promise<HealthRuleView> {
  const before = await openRule(ctx, input.id, 'health-rule.update');
  const wanted = healthRuleInput.parse(input.rule);
  return withUnique('health rule', () =>
    inTransaction(ctx.database, async (transaction) => {
      const view = viewOf(await writeRule(transaction.tx, before.id, wanted));
      await recordAudit(ctx, transaction.tx, {
        verb: 'health-rule.update',
        target: { kind: 'health-rule', id: view.id, name: nameOf(view) },
        outcome: 'succeeded',
        beforeHash: digestOf(declarationOf(before)),
        afterHash: digestOf(declarationOf(view)),
      });
      await judgeAnew(transaction, [before, view]);
      return view;
    }),
  );
}

/** Deletes a rule: the built-in one, or the kind's conditions, decide again. Errors: forbidden (audited), not-found. */
export async function deleteHealthRule(ctx: Context, input: { id: string }): Promise<void> {
  const before = await openRule(ctx, input.id, 'health-rule.delete');
  await inTransaction(ctx.database, async (transaction) => {
    await removeRule(transaction.tx, before.id);
    await recordAudit(ctx, transaction.tx, {
      verb: 'health-rule.delete',
      target: { kind: 'health-rule', id: before.id, name: nameOf(before) },
      outcome: 'succeeded',
      beforeHash: digestOf(declarationOf(before)),
    });
    await judgeAnew(transaction, [before]);
  });
}

async function openRule(ctx: Context, id: string, verb: AuditVerb): Promise<HealthRuleView> {
  const row = await findHealthRuleRow(ctx.database.prisma, id);
  const target = { kind: 'health-rule' as const, id, name: row ? nameOf(row) : '' };
  await requirePermission(ctx, 'health-rules:write', { verb, target });
  if (!row) throw notFound('health rule', id);
  return viewOf(row);
}

async function judgeAnew({ tx, changed, enqueue }: Transaction, rules: HealthRuleView[]): Promise<void> {
  const ids = new Set<string>();
  for (const rule of rules) for (const id of await listApplicationsOfKind(tx, rule)) ids.add(id);
  enqueue(...[...ids].map((key) => ({ kind: 'compare' as const, key })));
  changed('health-rules', 'audit');
}
