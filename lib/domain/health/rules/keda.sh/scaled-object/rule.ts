import { byConditions } from '../../patterns.ts';
import type { HealthRule } from '../../rule.ts';
import { pausable } from '../shared.ts';

/** Active only says whether there is work. Fallback True means that metrics cannot be read and a fixed count is kept. */
export const scaledObjectHealth: HealthRule = pausable(byConditions({ ready: ['Ready'], trouble: ['Fallback'] }));
