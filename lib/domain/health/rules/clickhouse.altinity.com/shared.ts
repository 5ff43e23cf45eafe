import { textAt } from '../../../resource/json.ts';
import { UNTOLD } from '../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing, suspended } from '../rule.ts';

const STOPPED = ['yes', 'true', '1', 'on', 'enable', 'enabled'];

/** Databases and keepers of one operator: Completed, InProgress, and every other word is an aborted installation. */
export const clickHouseHealth: HealthRule = (manifest) => {
  if (STOPPED.includes(textAt(manifest, 'spec', 'stop').toLowerCase())) return suspended('Installation is stopped');
  const word = textAt(manifest, 'status', 'status');
  if (word === 'Completed') return HEALTHY;
  const action = textAt(manifest, 'status', 'action');
  if (word === '' || word === 'InProgress' || word === 'Terminating') return progressing(action || word || UNTOLD);
  return degraded(textAt(manifest, 'status', 'error') || `Installation is ${word.toLowerCase()}`);
};
