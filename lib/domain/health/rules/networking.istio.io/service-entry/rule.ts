import type { HealthRule } from '../../rule.ts';
import { istioHealth } from '../shared.ts';

/** A host outside the mesh. */
export const istioServiceEntryHealth: HealthRule = istioHealth;
