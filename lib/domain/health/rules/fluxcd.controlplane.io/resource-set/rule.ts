import type { HealthRule } from '../../rule.ts';
import { operatedHealth } from '../shared.ts';

/** Ready once every resource it renders is applied and, when asked to wait, healthy. */
export const resourceSetHealth: HealthRule = operatedHealth;
