import type { HealthRule } from '../../rule.ts';
import { runHealth } from '../shared.ts';

/** One run of a task. */
export const taskRunHealth: HealthRule = runHealth;
