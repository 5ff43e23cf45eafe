import { textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, type HealthRule, progressing, suspended } from '../../rule.ts';

const RUN_FAILED = ['Failed', 'ValidationFailed'];

/** The deployment status is the operator's view, the job status Ray's: a run may be Complete for the operator and have failed. */
export const rayJobHealth: HealthRule = (manifest) => {
  const phase = textAt(manifest, 'status', 'jobDeploymentStatus');
  const job = textAt(manifest, 'status', 'jobStatus');
  const words = textAt(manifest, 'status', 'message') || textAt(manifest, 'status', 'reason');
  if (RUN_FAILED.includes(phase) || (phase === 'Complete' && job === 'FAILED')) return degraded(words || 'Job failed');
  if (phase === 'Complete' && job === 'STOPPED') return suspended('Job was stopped');
  if (phase === 'Complete') return { status: 'Healthy', message: 'Completed' };
  if (phase === 'Suspended') return suspended('Job is suspended');
  return progressing(phase ? `Job is ${phase.toLowerCase()}` : UNTOLD);
};
