import type { HealthRule } from '../../rule.ts';
import { operatedHealth } from '../shared.ts';

/** Ready once its inputs are fetched. */
export const resourceSetInputProviderHealth: HealthRule = operatedHealth;
