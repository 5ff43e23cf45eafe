import { byConditions } from '../../patterns.ts';

/** Ready sums up PreInstall, ComponentsReady and PostInstall as Knative conditions do: Unknown is an installation under way. */
export const tektonConfigHealth = byConditions({ ready: ['Ready'] });
