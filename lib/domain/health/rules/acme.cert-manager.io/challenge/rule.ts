import type { HealthRule } from '../../rule.ts';
import { acmeHealth } from '../shared.ts';

/** While pending, its reason says what the self check still waits for. */
export const challengeHealth: HealthRule = acmeHealth;
