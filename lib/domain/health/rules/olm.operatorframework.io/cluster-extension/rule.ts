import { conditionOf, conditionText, degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';

/**
 * OLM v1: Progressing stays True with the reason Succeeded once all is done. Retrying after an error it may recover from is a
 * failure to look at; Blocked (Progressing False) needs a change of the spec (common_types.go).
 */
export const clusterExtensionHealth: HealthRule = (manifest) => {
  const work = conditionOf(manifest, 'Progressing');
  const installed = conditionOf(manifest, 'Installed');
  if (work?.status === 'False' || FAILED.includes(work?.reason ?? '')) {
    return degraded(work ? conditionText(work, work.reason) : 'Failed');
  }
  if (work?.status === 'True' && work.reason !== 'Succeeded') return progressing(conditionText(work, 'Rolling out'));
  if (installed?.status === 'True') return HEALTHY;
  return installed?.status === 'False' && installed.reason === 'Failed'
    ? degraded(conditionText(installed, 'Not installed'))
    : progressing(installed ? conditionText(installed, 'Not installed yet') : 'The controller has not reported yet');
};

const FAILED: readonly string[] = ['Retrying', 'Blocked', 'InvalidConfiguration', 'ProgressDeadlineExceeded'];
