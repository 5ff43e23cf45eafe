import type { HealthRule } from '../../rule.ts';
import { runHealth } from '../shared.ts';

/** One run of a task that a controller of its own executes. */
export const customRunHealth: HealthRule = runHealth;
