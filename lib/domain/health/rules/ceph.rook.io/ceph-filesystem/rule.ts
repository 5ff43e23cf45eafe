import { cephResourceHealth } from '../shared.ts';

export const cephFilesystemHealth = cephResourceHealth;
