import { listAt, textAt } from '../../../../resource/json.ts';
import { HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** A load balancer is healthy when it has an address; every other service is. */
export const serviceHealth: HealthRule = (manifest) => {
  if (textAt(manifest, 'spec', 'type') !== 'LoadBalancer') return HEALTHY;
  return listAt(manifest, 'status', 'loadBalancer', 'ingress').length > 0
    ? HEALTHY
    : progressing('Waiting for an address of the load balancer');
};
