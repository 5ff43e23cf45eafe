import { listAt } from '../../../../resource/json.ts';
import { HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** Healthy when a controller gave it an address. */
export const ingressHealth: HealthRule = (manifest) =>
  listAt(manifest, 'status', 'loadBalancer', 'ingress').length > 0
    ? HEALTHY
    : progressing('Waiting for an ingress controller to give it an address');
