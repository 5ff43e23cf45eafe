import { textAt, valueAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';

/** It has no state of its own beyond the times it acted; the backups it makes tell how they went. */
export const cnpgScheduledBackupHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'spec', 'suspend') === true) return suspended('Scheduled backups are suspended');
  return textAt(manifest, 'status', 'lastCheckTime') === '' ? progressing(UNTOLD) : HEALTHY;
};
