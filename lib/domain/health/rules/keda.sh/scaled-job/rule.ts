import { byConditions } from '../../patterns.ts';
import type { HealthRule } from '../../rule.ts';
import { pausable } from '../shared.ts';

/** Ready starts Unknown before KEDA looked: progress here, Degraded in Argo CD. */
export const scaledJobHealth: HealthRule = pausable(byConditions({ ready: ['Ready'] }));
