import { textAt } from '../../../resource/json.ts';
import { byConditions } from '../patterns.ts';
import { conditionOf, conditionText, type HealthRule, suspended } from '../rule.ts';

const byActive = byConditions({ ready: ['Active'] });

/** Queues and checks say whether they can admit; one that a person stopped says so by the reason or the stop policy. */
export const kueueActiveHealth: HealthRule = (manifest) => {
  const active = conditionOf(manifest, 'Active');
  const policy = textAt(manifest, 'spec', 'stopPolicy');
  const stopped = active?.reason === 'Stopped' || (active?.status === 'False' && policy !== '' && policy !== 'None');
  return active?.status === 'False' && stopped
    ? suspended(conditionText(active, 'Stopped by a person'))
    : byActive(manifest);
};
