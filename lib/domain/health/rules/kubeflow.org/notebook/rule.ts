import { objectAt, textAt, numberAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';

/** Stopped by an annotation (the notebook controller's culler writes it too); else its one pod tells. */
export const kubeflowNotebookHealth: HealthRule = (manifest) => {
  const annotations = objectAt(manifest, 'metadata', 'annotations');
  if (annotations['kubeflow-resource-stopped'] !== undefined) return suspended('Notebook is stopped');
  if (numberAt(manifest, ['status', 'readyReplicas']) > 0) return HEALTHY;
  const waiting = objectAt(manifest, 'status', 'containerState', 'waiting');
  const reason = textAt(waiting, 'reason');
  const words = textAt(waiting, 'message') || reason;
  if (/BackOff$|^Err|Error$/.test(reason)) return degraded(words);
  const ended = objectAt(manifest, 'status', 'containerState', 'terminated');
  if (numberAt(ended, ['exitCode']) !== 0)
    return degraded(textAt(ended, 'message') || textAt(ended, 'reason') || 'Its container ended');
  return progressing(words || UNTOLD);
};
