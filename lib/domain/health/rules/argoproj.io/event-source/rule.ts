import { byConditions } from '../../patterns.ts';

/** Argo Events calls it ready when its sources are valid and its deployment is made (eventsource_types.go). */
export const eventSourceHealth = byConditions({ ready: ['SourcesProvided', 'Deployed'] });
