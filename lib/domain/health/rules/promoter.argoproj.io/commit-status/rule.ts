import type { HealthRule } from '../../rule.ts';
import { promoterHealth } from '../shared.ts';

/** A check reported to the Git host; that the check failed is the business of the strategy. */
export const promoterCommitStatusHealth: HealthRule = promoterHealth;
