import type { HealthRule } from '../../rule.ts';
import { listenersHealth } from '../shared.ts';

/** Accepted and programmed itself and in every listener. Conditions of an older spec are not trusted; Argo CD trusts them. */
export const gatewayHealth: HealthRule = listenersHealth;
