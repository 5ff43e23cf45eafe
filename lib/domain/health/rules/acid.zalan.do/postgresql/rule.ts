import { textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

const WORKING = ['Creating', 'Updating'];

/** One word; every word beside Running and the two of work is some failure (CreateFailed, UpdateFailed, SyncFailed, Invalid). */
export const zalandoPostgresqlHealth: HealthRule = (manifest) => {
  const word = textAt(manifest, 'status', 'PostgresClusterStatus');
  if (word === 'Running') return HEALTHY;
  return word === '' || WORKING.includes(word) ? progressing(word || UNTOLD) : degraded(word);
};
