import { packageHealth } from '../shared.ts';

/** Argo CD calls a package that is still unpacking Degraded; its reason says that it is on its way. */
export const crossplaneConfigurationHealth = packageHealth;
