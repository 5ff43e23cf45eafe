import { textAt, numberAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, type HealthRule, progressing, suspended } from '../../rule.ts';

/** Suspending a job is aborting it in Volcano, so Aborted can be resumed; Terminated cannot. */
export const volcanoJobHealth: HealthRule = (manifest) => {
  const phase = textAt(manifest, 'status', 'state', 'phase');
  const words = textAt(manifest, 'status', 'state', 'message') || textAt(manifest, 'status', 'state', 'reason');
  if (phase === 'Completed') return { status: 'Healthy', message: 'Completed' };
  if (phase === 'Failed' || phase === 'Terminated') return degraded(words || `Job ${phase.toLowerCase()}`);
  if (phase === 'Aborted') return suspended(words || 'Job was aborted');
  const running = numberAt(manifest, ['status', 'running']);
  if (phase === 'Running') return progressing(`${running} ${running === 1 ? 'pod' : 'pods'} running`);
  return progressing(words || (phase ? `Job is ${phase.toLowerCase()}` : UNTOLD));
};
