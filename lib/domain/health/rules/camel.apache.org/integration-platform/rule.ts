import { byPhase } from '../../patterns.ts';

/** A second platform in one namespace is a Duplicate, which is not used. */
export const camelIntegrationPlatformHealth = byPhase({ healthy: ['Ready'], degraded: ['Error', 'Duplicate'] });
