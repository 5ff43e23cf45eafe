import { DELIVERY_RULES } from './delivery.ts';
import { INFRASTRUCTURE_RULES } from './infrastructure.ts';
import { KUBERNETES_RULES } from './kubernetes.ts';
import type { HealthRule } from './rule.ts';

/** Rules by `group/Kind` (`/Pod` for core). Each lives in `rules/<group or core>/<kind>/` with its cases. */
export const HEALTH_RULES: Readonly<Record<string, HealthRule>> = {
  ...KUBERNETES_RULES,
  ...DELIVERY_RULES,
  ...INFRASTRUCTURE_RULES,
};
