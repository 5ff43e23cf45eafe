import type { HealthRule } from '../../rule.ts';
import { analysisHealth } from '../shared.ts';

/** Runs templates side by side for a while. */
export const experimentHealth: HealthRule = analysisHealth;
