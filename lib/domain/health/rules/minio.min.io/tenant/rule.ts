import { textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

const REFUSED = [
  'Statefulset not controlled by operator',
  'Another MinIO Tenant already exists in the namespace',
  'Tenant credentials are not set properly',
  'Different versions across MinIO Pools',
  'Pool Decommissioning Not Allowed',
];

/** The state is a sentence of the operator; unlike Argo CD red health counts too: the write quorum is lost (MinIO's tenant API). */
export const minioTenantHealth: HealthRule = (manifest) => {
  const state = textAt(manifest, 'status', 'currentState');
  if (REFUSED.includes(state)) return degraded(state);
  if (state !== 'Initialized') return progressing(state || UNTOLD);
  const colour = textAt(manifest, 'status', 'healthStatus');
  if (colour === 'red') return degraded('Health is red: the tenant is offline or lost its write quorum');
  return colour === 'yellow' ? { status: 'Healthy', message: 'Some drives are offline' } : HEALTHY;
};
