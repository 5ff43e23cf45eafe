import type { HealthRule } from '../../rule.ts';
import { listenersHealth } from '../shared.ts';

/** Listeners that another team adds to a gateway. */
export const listenerSetHealth: HealthRule = listenersHealth;
