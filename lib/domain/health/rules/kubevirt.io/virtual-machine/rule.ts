import { textAt, valueAt } from '../../../../resource/json.ts';
import { conditionOf, degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';

const BROKEN: readonly string[] = [
  'CrashLoopBackOff',
  'ErrorUnschedulable',
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrorPvcNotFound',
  'DataVolumeError',
];

/**
 * A stopped machine is Suspended, unless Git declares it stopped: then it is as it should be. status.printableStatus names what goes wrong; Argo CD shows it as words only, so that a
 * machine that cannot be scheduled is progress there.
 */
export const virtualMachineHealth: HealthRule = (manifest) => {
  const words = textAt(manifest, 'status', 'printableStatus');
  const ready = conditionOf(manifest, 'Ready');
  if (conditionOf(manifest, 'Paused')?.status === 'True') return { status: 'Suspended', message: 'Paused' };
  if (ready?.status === 'True') return HEALTHY;
  if (BROKEN.includes(words)) return degraded(ready?.message ? `${words}: ${ready.message}` : words);
  const halted = textAt(manifest, 'spec', 'runStrategy') === 'Halted' || valueAt(manifest, 'spec', 'running') === false;
  const isStopped = words === 'Stopped' || (words === '' && valueAt(manifest, 'status', 'created') !== true);
  if (halted && isStopped) return { status: 'Healthy', message: 'Stopped, as declared' };
  if (words === 'Stopped') return { status: 'Suspended', message: words };
  if (words !== '') return progressing(words);
  if (ready === undefined) return progressing('The controller has not reported yet');
  const created = valueAt(manifest, 'status', 'created') === true;
  return created ? progressing('Starting') : { status: 'Suspended', message: 'Stopped' };
};
