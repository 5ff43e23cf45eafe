import { atlasHealth } from '../shared.ts';

export const atlasSchemaHealth = atlasHealth;
