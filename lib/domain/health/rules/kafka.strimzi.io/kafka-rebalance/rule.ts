import { UNTOLD } from '../../patterns.ts';
import { conditionsOf, conditionText, degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';

/** Its condition types are its states; a proposal waits for a person to approve it (Strimzi's states of a rebalance). */
export const strimziKafkaRebalanceHealth: HealthRule = (manifest) => {
  const is = (type: string) => conditionsOf(manifest).find((one) => one.type === type && one.status === 'True');
  if (is('ReconciliationPaused')) return suspended('Reconciling is paused by annotation');
  const failed = is('NotReady');
  if (failed) return degraded(conditionText(failed, 'Rebalance failed'));
  if (is('Ready')) return HEALTHY;
  if (is('Stopped')) return suspended('Rebalance was stopped');
  if (is('ProposalReady')) return suspended('The proposal waits for approval');
  if (is('Rebalancing')) return progressing('Kafka is being rebalanced');
  return progressing(is('PendingProposal') ? 'The proposal is being computed' : UNTOLD);
};
