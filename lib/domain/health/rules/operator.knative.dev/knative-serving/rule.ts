import type { HealthRule } from '../../rule.ts';
import { knativeOperatedHealth } from '../shared.ts';

/** Knative Serving itself. */
export const knativeServingHealth: HealthRule = knativeOperatedHealth;
