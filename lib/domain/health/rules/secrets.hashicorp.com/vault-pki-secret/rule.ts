import type { HealthRule } from '../../rule.ts';
import { syncedFromVault } from '../shared.ts';

/** A certificate of Vault; its serial number is the evidence. */
export const vaultPKISecretHealth: HealthRule = syncedFromVault('serialNumber');
