import { objectAt, textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

const GRACEFUL = ['GracefulUpscaleSucceeded', 'GracefulDownscaleSucceeded'];

/** Koperator: the cluster's word, and of each broker whether its configuration and its data are where they belong. */
export const koperatorKafkaClusterHealth: HealthRule = (manifest) => {
  const state = textAt(manifest, 'status', 'state');
  if (state === 'ClusterRollingUpgrading') return progressing('Brokers are being upgraded one by one');
  const brokers = Object.entries(objectAt(manifest, 'status', 'brokersState'));
  const off = brokers.find(
    ([, broker]) =>
      textAt(broker, 'configurationState') !== 'ConfigInSync' ||
      !GRACEFUL.includes(textAt(broker, 'gracefulActionState', 'cruiseControlState')),
  );
  if (off) {
    const graceful = textAt(off[1], 'gracefulActionState', 'cruiseControlState');
    return degraded(
      `Broker ${off[0]}: ${textAt(off[1], 'configurationState')}, ${graceful || 'no Cruise Control state'}`,
    );
  }
  const topic = textAt(manifest, 'status', 'cruiseControlTopicStatus');
  if (brokers.length > 0 && state === 'ClusterRunning' && topic === 'CruiseControlTopicReady') return HEALTHY;
  return progressing(state || UNTOLD);
};
