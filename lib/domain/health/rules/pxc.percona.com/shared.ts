import { listAt, textAt } from '../../../resource/json.ts';
import { UNTOLD } from '../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing, suspended } from '../rule.ts';

/**
 * All operators of Percona share one word of state. `message` is a list or a text. Unlike Argo CD a paused cluster is Suspended
 * and a stopping one on its way for every database alike.
 */
export const perconaHealth: HealthRule = (manifest) => {
  const state = textAt(manifest, 'status', 'state');
  const messages = listAt(manifest, 'status', 'message').filter((one) => typeof one === 'string');
  const message = textAt(manifest, 'status', 'message') || messages.join('; ');
  if (state === 'ready') return HEALTHY;
  if (state === 'paused') return suspended('Cluster is paused');
  if (state === 'error') return degraded(message || 'Cluster is in error');
  return progressing(message || (state ? `Cluster is ${state}` : UNTOLD));
};
