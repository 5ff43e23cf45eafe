import type { HealthRule } from '../../rule.ts';
import { syncedFromVault } from '../shared.ts';

/** A leased secret; the lease is the evidence. */
export const vaultDynamicSecretHealth: HealthRule = syncedFromVault('secretLease', 'id');
