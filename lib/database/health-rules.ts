import type { Prisma } from './generated/client.ts';
import type { HealthRuleModel } from './generated/models/HealthRule.ts';
import type { Reader } from './reader.ts';

export type HealthRuleRow = HealthRuleModel;

/** Every rule by kind and group. */
export async function listHealthRuleRows(tx: Reader): Promise<HealthRuleRow[]> {
  return tx.healthRule.findMany({ orderBy: [{ kind: 'asc' }, { group: 'asc' }] });
}

export async function findHealthRuleRow(tx: Reader, id: string): Promise<HealthRuleRow | null> {
  return tx.healthRule.findUnique({ where: { id } });
}

export interface NewHealthRule {
  group: string;
  kind: string;
  description: string;
  clauses: Prisma.InputJsonArray;
}

export async function insertHealthRule(tx: Reader, rule: NewHealthRule): Promise<HealthRuleRow> {
  return tx.healthRule.create({ data: rule });
}

export async function updateHealthRule(tx: Reader, id: string, rule: NewHealthRule): Promise<HealthRuleRow> {
  return tx.healthRule.update({ where: { id }, data: rule });
}

export async function deleteHealthRule(tx: Reader, id: string): Promise<void> {
  await tx.healthRule.delete({ where: { id } });
}

/** Ids of the applications with an object that a rule of this group and kind (`*` for anything) is about. */
export async function listApplicationsOfKind(
  tx: Reader,
  { group, kind }: { group: string; kind: string },
): Promise<string[]> {
  const pattern = `${group}/${kind}/%`.replaceAll('_', String.raw`\_`).replaceAll('*', '%');
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT "applicationId" AS id FROM "ObjectState" WHERE "key" LIKE ${pattern}`;
  return rows.map((row) => row.id);
}
