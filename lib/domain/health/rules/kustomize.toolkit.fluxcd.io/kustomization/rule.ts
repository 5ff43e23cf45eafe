import { fluxHealth } from '../../flux.ts';
import type { HealthRule } from '../../rule.ts';

/** Ready sums up build, apply and health checks; what it applied is a tree of its own that is judged apart. */
export const kustomizationHealth: HealthRule = fluxHealth;
