import type { HealthRule } from '../../rule.ts';
import { vaultAccessHealth } from '../shared.ts';

/** Where Vault is. */
export const vaultConnectionHealth: HealthRule = vaultAccessHealth;
