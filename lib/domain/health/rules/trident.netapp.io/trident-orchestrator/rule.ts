import { byPhase } from '../../patterns.ts';

export const tridentOrchestratorHealth = byPhase({
  path: ['status', 'status'],
  healthy: ['Installed'],
  degraded: ['Failed', 'Error'],
});
