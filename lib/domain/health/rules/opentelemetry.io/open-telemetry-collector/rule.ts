import { textAt, valueAt } from '../../../../resource/json.ts';
import { degraded, type HealthRule, HEALTHY, ofTotal, progressing } from '../../rule.ts';

/** Tells its pods as `ready/total`. A sidecar has none of its own; a DaemonSet that fits no node is well with 0/0. */
export const openTelemetryCollectorHealth: HealthRule = (manifest) => {
  const mode = textAt(manifest, 'spec', 'mode');
  const found = /^(\d+)\/(\d+)$/.exec(textAt(manifest, 'status', 'scale', 'statusReplicas'));
  if (found === null) {
    const sidecar = mode === 'sidecar' && valueAt(manifest, 'status') !== undefined;
    return sidecar ? HEALTHY : progressing('The controller has not reported yet');
  }
  const [ready, total] = [Number(found[1]), Number(found[2])];
  if (ready === 0) return total === 0 && mode === 'daemonset' ? HEALTHY : degraded('No replica is ready');
  return ready === total ? HEALTHY : progressing(`${ofTotal(ready, total, 'replica')} ready`);
};
