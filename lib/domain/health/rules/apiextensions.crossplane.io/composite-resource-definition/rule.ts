import { valueAt } from '../../../../resource/json.ts';
import { byConditions } from '../../patterns.ts';
import type { HealthRule } from '../../rule.ts';

const serves = byConditions({ ready: ['Established'] });
const offers = byConditions({ ready: ['Established', 'Offered'] });

/** `Established` is the kind itself; `Offered` the claim, told only by definitions that name one (Crossplane 1). */
export const compositeResourceDefinitionHealth: HealthRule = (manifest) =>
  valueAt(manifest, 'spec', 'claimNames') === undefined ? serves(manifest) : offers(manifest);
