/** Health of one object or of an application, best to worst; the order is the severity. */
export const HEALTH_STATUSES = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Terminating',
  'Unknown',
] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];

/** A verdict a person can read. `message` is empty only when Healthy needs no words. */
export interface Health {
  status: HealthStatus;
  message: string;
}

export function isWorse(a: HealthStatus, b: HealthStatus): boolean {
  return HEALTH_STATUSES.indexOf(a) > HEALTH_STATUSES.indexOf(b);
}
