import { valueAt } from '../../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';
import { failureOf, isPaused, replicasOnTheirWay, terminalFailure } from '../shared.ts';

/** Like a ReplicaSet: healthy with as many ready machines as wanted; machines that cannot be made are a failure. */
export const machineSetHealth: HealthRule = (manifest) => {
  if (isPaused(manifest)) return suspended('Machine set is paused');
  if (valueAt(manifest, 'status') === undefined) return progressing(UNTOLD);
  const failure = terminalFailure(manifest) || failureOf(manifest, 'MachinesCreated');
  if (failure) return degraded(failure);
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const waiting = replicasOnTheirWay(manifest);
  return waiting === '' ? HEALTHY : progressing(waiting);
};
