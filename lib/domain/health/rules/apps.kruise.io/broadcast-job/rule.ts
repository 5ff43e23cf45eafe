import { textAt, numberAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, type HealthRule, ofTotal, progressing, suspended } from '../../rule.ts';

/** A Job that runs once on every node. */
export const broadcastJobHealth: HealthRule = (manifest) => {
  const phase = textAt(manifest, 'status', 'phase');
  const failed = numberAt(manifest, ['status', 'failed']);
  if (phase === 'completed') return { status: 'Healthy', message: 'Completed' };
  if (phase === 'failed') return degraded(`Job failed on ${failed} ${failed === 1 ? 'node' : 'nodes'}`);
  if (phase === 'paused') return suspended('Job is paused');
  if (phase === '') return progressing(UNTOLD);
  return progressing(
    `${ofTotal(numberAt(manifest, ['status', 'succeeded']), numberAt(manifest, ['status', 'desired']), 'node')} done`,
  );
};
