import { textAt } from '../../../resource/json.ts';
import { UNTOLD } from '../patterns.ts';
import { conditionsOf, conditionText, HEALTHY, type HealthRule, progressing } from '../rule.ts';

/**
 * Components of Confluent for Kubernetes end in RUNNING and tell no failing phase; what they wait for stands in a condition that
 * is False.
 */
export const confluentHealth: HealthRule = (manifest) => {
  const phase = textAt(manifest, 'status', 'phase');
  if (phase === 'RUNNING') return HEALTHY;
  const waiting = conditionsOf(manifest).find(({ status }) => status === 'False');
  return progressing(waiting ? conditionText(waiting, phase) : phase || UNTOLD);
};
