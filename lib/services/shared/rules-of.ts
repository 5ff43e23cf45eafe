import { z } from 'zod';
import { ignoreRule } from '#lib/contracts/ignore-rules.ts';
import { findSetting } from '#lib/database/installation.ts';
import type { Reader } from '#lib/database/reader.ts';
import type { LeveledRule, RuleLevel } from '#lib/domain/diff/hidden.ts';
import type { IgnoreRule } from '#lib/domain/diff/ignore.ts';

/** Ignore rules as stored in a JSON column; a rule that cannot be read any more is left out, the others stay. */
export function storedRules(value: unknown): IgnoreRule[] {
  return z
    .array(z.unknown())
    .catch([])
    .parse(value)
    .flatMap((one) => {
      const { data } = ignoreRule.safeParse(one);
      return data === undefined ? [] : [withoutUndefined(data)];
    });
}

/** The rules of the whole installation. */
export async function systemRules(tx: Reader): Promise<IgnoreRule[]> {
  return storedRules(await findSetting(tx, 'ignore-rules'));
}

/** Every rule that may hide something of an application: its own first, then its project's, then the installation's. */
export async function rulesOf(
  tx: Reader,
  application: { ignoreRules: unknown; project: { ignoreRules: unknown } },
): Promise<LeveledRule[]> {
  const at = (level: LeveledRule['level'] & RuleLevel, rules: IgnoreRule[]) =>
    rules.map((rule) => ({ ...rule, level }));
  return [
    ...at('application', storedRules(application.ignoreRules)),
    ...at('project', storedRules(application.project.ignoreRules)),
    ...at('system', await systemRules(tx)),
  ];
}

/** As a JSON column holds them. */
export function plainRules(rules: readonly object[]) {
  return z.array(z.record(z.string(), z.json())).parse(JSON.parse(JSON.stringify(rules)));
}

function withoutUndefined(rule: { [part: string]: unknown }): IgnoreRule {
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined));
}
