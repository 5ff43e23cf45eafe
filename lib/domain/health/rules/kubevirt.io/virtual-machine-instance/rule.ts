import { textAt } from '../../../../resource/json.ts';
import { conditionOf, conditionText, degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';

/** One run of a machine: Succeeded means that the guest shut itself down. */
export const virtualMachineInstanceHealth: HealthRule = (manifest) => {
  const phase = textAt(manifest, 'status', 'phase');
  const [ready, paused] = [conditionOf(manifest, 'Ready'), conditionOf(manifest, 'Paused')];
  if (phase === 'Failed') return degraded(ready ? conditionText(ready, 'The machine failed') : 'The machine failed');
  if (phase === 'Succeeded') return { status: 'Suspended', message: 'The machine was shut down' };
  if (phase === 'Unknown') return { status: 'Unknown', message: 'The node does not report on this machine' };
  if (phase !== 'Running') return progressing(phase || 'The controller has not reported yet');
  if (paused?.status === 'True') return { status: 'Suspended', message: conditionText(paused, 'Paused') };
  if (ready === undefined) return progressing('Running');
  return ready.status === 'True' ? HEALTHY : degraded(conditionText(ready, 'Running and not ready'));
};
