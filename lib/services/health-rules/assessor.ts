import { storedHealthClauses } from '#lib/contracts/health-rules.ts';
import { type HealthRuleRow, listHealthRuleRows } from '#lib/database/health-rules.ts';
import type { Reader } from '#lib/database/reader.ts';
import { type Assess, assessorOf } from '#lib/domain/health/custom/rule.ts';
import { bounded } from './bounded.ts';

/** Judges objects by the rules people wrote, as they are stored now, and else as built in. */
export async function readAssessor(tx: Reader): Promise<Assess> {
  const rows = await listHealthRuleRows(tx);
  return assessorOf(
    rows.map((row) => ({ group: row.group, kind: row.kind, clauses: clausesOf(row) })),
    bounded,
  );
}

export const clausesOf = (row: HealthRuleRow) => storedHealthClauses.parse(row.clauses);
