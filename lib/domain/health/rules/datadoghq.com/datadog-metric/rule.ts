import { byConditions } from '../../patterns.ts';

/** Valid, Active, Updated and Error describe the last query; without any of them Argo CD calls it well, and so do we. */
export const datadogMetricHealth = byConditions({ ready: ['Valid'], trouble: ['Error'], untold: 'Healthy' });
