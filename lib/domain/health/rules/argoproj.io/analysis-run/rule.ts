import type { HealthRule } from '../../rule.ts';
import { analysisHealth } from '../shared.ts';

/** A run is over once and for all; its message says which metric failed. */
export const analysisRunHealth: HealthRule = analysisHealth;
