import type { HealthRule } from '../../rule.ts';
import { istioHealth } from '../shared.ts';

/** Routing; the usual error is a host, subset or gateway that does not exist. */
export const istioVirtualServiceHealth: HealthRule = istioHealth;
