import type { HealthRule } from '../../rule.ts';
import { snapshotHealth } from '../shared.ts';

/** A snapshot as asked for. */
export const volumeSnapshotHealth: HealthRule = snapshotHealth;
