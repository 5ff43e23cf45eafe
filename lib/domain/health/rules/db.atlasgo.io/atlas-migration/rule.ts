import { atlasHealth } from '../shared.ts';

export const atlasMigrationHealth = atlasHealth;
