import type { HealthRule } from '../../rule.ts';
import { promoterHealth } from '../shared.ts';

/** The request on the Git host. */
export const promoterPullRequestHealth: HealthRule = promoterHealth;
