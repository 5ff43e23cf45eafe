import { byPhase } from '../../patterns.ts';

export const scheduledSparkApplicationHealth = byPhase({
  path: ['status', 'scheduleState'],
  message: ['status', 'reason'],
  healthy: ['Scheduled'],
  degraded: ['FailedValidation'],
  suspendedBy: ['spec', 'suspend'],
});
