import { objectAt, textAt } from '../../../../resource/json.ts';
import type { JsonObject, Manifest } from '../../../../resource/manifest.ts';
import type { Health } from '../../../status.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, ofTotal, progressing } from '../../rule.ts';
import { containerStatuses, endOf, exitCause, firstLine, podTrouble } from './containers.ts';

/** Healthy when running and ready, or done; degraded when a container cannot be started, crashes or failed. */
export const podHealth: HealthRule = (manifest) => {
  const always = (textAt(manifest, 'spec', 'restartPolicy') || 'Always') === 'Always';
  const trouble = podTrouble(manifest);
  if (always && trouble !== null) return degraded(trouble);
  switch (textAt(manifest, 'status', 'phase')) {
    case 'Pending':
      return pending(manifest, trouble);
    case 'Running':
      return always ? running(manifest) : progressing(trouble ?? 'Running');
    case 'Succeeded':
      return { status: 'Healthy', message: 'Completed' };
    case 'Failed':
      return degraded(failure(manifest));
    default:
      return {
        status: 'Unknown',
        message: textAt(manifest, 'status', 'message') || 'The node does not report on this pod',
      };
  }
};

function pending(manifest: Manifest, trouble: string | null): Health {
  if (trouble !== null) return progressing(trouble);
  const scheduled = conditionOf(manifest, 'PodScheduled');
  if (scheduled?.status === 'False')
    return progressing(`Pod cannot be scheduled: ${conditionText(scheduled, 'no reason given')}`);
  return progressing('Pod is starting');
}

function running(manifest: Manifest): Health {
  const statuses = containerStatuses(manifest);
  if (conditionOf(manifest, 'Ready')?.status === 'True') return HEALTHY;
  const crashed = statuses.find((status) => status['ready'] !== true && Object.keys(terminatedOf(status)).length > 0);
  if (crashed !== undefined)
    return degraded(`Container ${textAt(crashed, 'name')} crashed${endOf(terminatedOf(crashed))}`);
  const ready = statuses.filter((status) => status['ready'] === true).length;
  return progressing(`${ofTotal(ready, statuses.length, 'container')} ready`);
}

function failure(manifest: Manifest): string {
  const own = textAt(manifest, 'status', 'message') || textAt(manifest, 'status', 'reason');
  if (own !== '') return `Pod failed: ${firstLine(own)}`;
  for (const status of containerStatuses(manifest)) {
    const terminated = objectAt(status, 'state', 'terminated');
    if (Object.keys(terminated).length === 0 || terminated['exitCode'] === 0) continue;
    const message = firstLine(textAt(terminated, 'message'));
    return `Container ${textAt(status, 'name')} failed${exitCause(terminated)}${message === '' ? '' : `: ${message}`}`;
  }
  return 'Pod failed';
}

function terminatedOf(status: JsonObject): JsonObject {
  return objectAt(status, 'lastState', 'terminated');
}
