import { byConditions } from '../../patterns.ts';

/** Argo Events calls it ready when dependencies and triggers are valid and its deployment is made (sensor_types.go). */
export const sensorHealth = byConditions({ ready: ['DependenciesProvided', 'TriggersProvided', 'Deployed'] });
