import { strimziHealth } from '../shared.ts';

export const strimziKafkaMirrorMaker2Health = strimziHealth;
