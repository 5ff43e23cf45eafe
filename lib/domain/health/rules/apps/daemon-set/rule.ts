import { numberAt, textAt } from '../../../../resource/json.ts';
import { HEALTHY, type HealthRule, isStale, ofTotal, progressing } from '../../rule.ts';

/** Healthy when every node that should run it runs the newest template and is available. */
export const daemonSetHealth: HealthRule = (manifest) => {
  if (isStale(manifest)) return progressing('Waiting for the controller to see the newest spec');
  if (textAt(manifest, 'spec', 'updateStrategy', 'type') === 'OnDelete') return HEALTHY;
  const wanted = numberAt(manifest, ['status', 'desiredNumberScheduled']);
  const updated = numberAt(manifest, ['status', 'updatedNumberScheduled']);
  const available = numberAt(manifest, ['status', 'numberAvailable']);
  if (updated < wanted) return progressing(`${ofTotal(updated, wanted, 'node')} updated`);
  return available < wanted ? progressing(`${ofTotal(available, wanted, 'node')} available`) : HEALTHY;
};
