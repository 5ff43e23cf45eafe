import { byPhase } from '../../patterns.ts';

/** The image that integrations of the same needs share. */
export const camelIntegrationKitHealth = byPhase({ healthy: ['Ready'], degraded: ['Error'] });
