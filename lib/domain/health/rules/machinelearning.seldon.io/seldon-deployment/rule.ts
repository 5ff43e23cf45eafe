import { byPhase } from '../../patterns.ts';

export const seldonDeploymentHealth = byPhase({
  path: ['status', 'state'],
  message: ['status', 'description'],
  healthy: ['Available'],
  degraded: ['Failed'],
});
