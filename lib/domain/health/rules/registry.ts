import { DELIVERY_RULES } from './delivery.ts';
import { GROUP_RULES } from './groups.ts';
import { INFRASTRUCTURE_RULES } from './infrastructure.ts';
import { KUBERNETES_RULES } from './kubernetes.ts';
import type { HealthRule, RegisteredRule } from './rule.ts';

/** Rules by `group/Kind` (`/Pod` for core). Each lives in `rules/<group or core>/<kind>/` with its cases. */
export const HEALTH_RULES: Readonly<Record<string, HealthRule>> = {
  ...KUBERNETES_RULES,
  ...DELIVERY_RULES,
  ...INFRASTRUCTURE_RULES,
};

/** The exact kind's rule if there is one, else that of the first pattern its group matches. */
export function registeredRule(group: string, kind: string): RegisteredRule | undefined {
  const name = `${group}/${kind}`;
  const exact = Object.hasOwn(HEALTH_RULES, name) ? HEALTH_RULES[name] : undefined;
  if (exact !== undefined) return { name, rule: exact };
  return GROUP_RULES.find((one) => (one.name.startsWith('.') ? group.endsWith(one.name) : group === one.name));
}

/** How to judge objects of a kind; undefined for kinds nobody wrote a rule for. */
export function ruleFor(group: string, kind: string): HealthRule | undefined {
  return registeredRule(group, kind)?.rule;
}
