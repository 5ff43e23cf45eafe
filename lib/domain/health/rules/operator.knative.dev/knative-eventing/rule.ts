import type { HealthRule } from '../../rule.ts';
import { knativeOperatedHealth } from '../shared.ts';

/** Knative Eventing itself. */
export const knativeEventingHealth: HealthRule = knativeOperatedHealth;
