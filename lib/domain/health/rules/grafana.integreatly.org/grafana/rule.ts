import { textAt } from '../../../../resource/json.ts';
import { degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';

/** The operator works through stages (deployment, service, plugins, ... complete) and writes how the last one went. */
export const grafanaHealth: HealthRule = (manifest) => {
  const stage = textAt(manifest, 'status', 'stage');
  const outcome = textAt(manifest, 'status', 'stageStatus');
  const message = textAt(manifest, 'status', 'lastMessage');
  if (outcome === '') return progressing('The controller has not reported yet');
  if (outcome === 'failed') return degraded(`Stage ${stage} failed${message === '' ? '' : `: ${message}`}`);
  return stage === 'complete' && outcome === 'success' ? HEALTHY : progressing(`Working on stage ${stage}`);
};
