import { textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

const PARTS: readonly (readonly [field: string, name: string])[] = [
  ['opsManager', 'Ops Manager'],
  ['applicationDatabase', 'Application database'],
  ['backup', 'Backup'],
];

/** Three parts, each with a phase of its own; the first that is not well is told. A disabled backup is a choice. */
export const mongoDBOpsManagerHealth: HealthRule = (manifest) => {
  const told = PARTS.map(([field, name]) => ({
    name,
    phase: textAt(manifest, 'status', field, 'phase'),
    message: textAt(manifest, 'status', field, 'message'),
  })).filter(({ phase }) => phase !== '' && phase !== 'Running' && phase !== 'Disabled');
  const failed = told.find(({ phase }) => phase === 'Failed' || phase === 'Unsupported');
  if (failed) return degraded(`${failed.name}: ${failed.message || failed.phase}`);
  const [waiting] = told;
  if (waiting) return progressing(`${waiting.name}: ${waiting.message || waiting.phase}`);
  return textAt(manifest, 'status', 'opsManager', 'phase') === 'Running' ? HEALTHY : progressing(UNTOLD);
};
