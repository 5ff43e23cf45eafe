import { textAt, numberAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { conditionsOf, conditionText, degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';

/** Failed tasks are counted; why it is in error stands in its only condition. */
export const confluentConnectorHealth: HealthRule = (manifest) => {
  const state = textAt(manifest, 'status', 'state');
  const [told] = conditionsOf(manifest);
  if (state === 'ERROR') return degraded(told ? conditionText(told, 'Connector is in error') : 'Connector is in error');
  const failed = numberAt(manifest, ['status', 'failedTasksCount']);
  if (failed > 0) return degraded(`${failed} ${failed === 1 ? 'task' : 'tasks'} failed`);
  const running = textAt(manifest, 'status', 'connectorState');
  if (state === 'CREATED' && running === 'RUNNING') return HEALTHY;
  if (running === 'PAUSED') return suspended('Connector is paused');
  return progressing(running || state || UNTOLD);
};
