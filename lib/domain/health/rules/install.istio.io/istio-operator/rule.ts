import { textAt, valueAt } from '../../../../resource/json.ts';
import { byPhase } from '../../patterns.ts';
import type { HealthRule } from '../../rule.ts';

const WORDS: readonly string[] = ['NONE', 'UPDATING', 'RECONCILING', 'HEALTHY', 'ERROR', 'ACTION_REQUIRED'];
const judge = byPhase({
  path: ['status', 'status'],
  healthy: ['HEALTHY'],
  degraded: ['ERROR', 'ACTION_REQUIRED'],
});

/** Old versions write the number of the word (InstallStatus). NONE means that nothing is installed. */
export const istioOperatorHealth: HealthRule = (manifest) => {
  const found = valueAt(manifest, 'status', 'status');
  const word = typeof found === 'number' ? (WORDS[found] ?? '') : textAt(manifest, 'status', 'status');
  if (word === 'NONE') return { status: 'Unknown', message: 'Nothing is installed' };
  return judge({ ...manifest, status: { status: word, message: textAt(manifest, 'status', 'message') } });
};
