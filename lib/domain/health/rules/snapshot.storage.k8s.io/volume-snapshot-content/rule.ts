import type { HealthRule } from '../../rule.ts';
import { snapshotHealth } from '../shared.ts';

/** A snapshot as the storage keeps it. */
export const volumeSnapshotContentHealth: HealthRule = snapshotHealth;
