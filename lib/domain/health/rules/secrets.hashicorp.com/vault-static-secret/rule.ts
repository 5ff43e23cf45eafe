import type { HealthRule } from '../../rule.ts';
import { syncedFromVault } from '../shared.ts';

/** A key-value secret; its MAC is the evidence. */
export const vaultStaticSecretHealth: HealthRule = syncedFromVault('secretMAC');
