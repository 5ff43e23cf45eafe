import { objectAt, textAt, numberAt } from '../../../../resource/json.ts';
import type { Manifest } from '../../../../resource/manifest.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, ofTotal, progressing, suspended } from '../../rule.ts';

const FAILURES = ['FAILED', 'SUBMISSION_FAILED', 'FAILING'];

/** As with Argo CD a running application is healthy once enough executors run; a state it is leaving is on its way. */
export const sparkApplicationHealth: HealthRule = (manifest) => {
  const state = textAt(manifest, 'status', 'applicationState', 'state');
  const error = textAt(manifest, 'status', 'applicationState', 'errorMessage');
  if (FAILURES.includes(state)) return degraded(error || `Application is ${state.toLowerCase().replace('_', ' ')}`);
  if (state === 'COMPLETED') return { status: 'Healthy', message: 'Completed' };
  if (state === 'SUSPENDED') return suspended('Application is suspended');
  if (state !== 'RUNNING')
    return progressing(state ? `Application is ${state.toLowerCase().replace('_', ' ')}` : UNTOLD);
  const running = Object.values(objectAt(manifest, 'status', 'executorState')).filter(
    (one) => one === 'RUNNING',
  ).length;
  const wanted = executorsWanted(manifest);
  return running < wanted ? progressing(`${ofTotal(running, wanted, 'executor')} running`) : HEALTHY;
};

/** Dynamic allocation, by the spec or by Spark's own settings, may run with its minimum, which is none by default. */
function executorsWanted(manifest: Manifest): number {
  const dynamic = objectAt(manifest, 'spec', 'dynamicAllocation');
  if (dynamic['enabled'] === true) return numberAt(dynamic, ['minExecutors']);
  const settings = objectAt(manifest, 'spec', 'sparkConf');
  for (const prefix of ['spark.dynamicAllocation', 'spark.streaming.dynamicAllocation']) {
    if (settings[`${prefix}.enabled`] === 'true') return Number(settings[`${prefix}.minExecutors`] ?? 0) || 0;
  }
  return numberAt(manifest, ['spec', 'executor', 'instances'], 1);
}
