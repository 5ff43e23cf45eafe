import type { HealthRule } from '../../rule.ts';
import { vaultAccessHealth } from '../shared.ts';

/** How the operator logs in. */
export const vaultAuthHealth: HealthRule = vaultAccessHealth;
