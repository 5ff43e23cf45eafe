import { textAt, valueAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** Without an address nobody asked for backups; with one, `available` says whether it can be reached. */
export const longhornBackupTargetHealth: HealthRule = (manifest) => {
  if (textAt(manifest, 'spec', 'backupTargetURL') === '') return HEALTHY;
  const available = valueAt(manifest, 'status', 'available');
  if (typeof available !== 'boolean') return progressing(UNTOLD);
  if (available) return HEALTHY;
  const why = conditionOf(manifest, 'Unavailable');
  return degraded(
    `Backup target cannot be reached: ${why ? conditionText(why, 'no reason given') : 'no reason given'}`,
  );
};
