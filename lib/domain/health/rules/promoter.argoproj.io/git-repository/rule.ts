import type { HealthRule } from '../../rule.ts';
import { promoterHealth } from '../shared.ts';

/** A repository of the promoter, not of Flux. */
export const promoterGitRepositoryHealth: HealthRule = promoterHealth;
