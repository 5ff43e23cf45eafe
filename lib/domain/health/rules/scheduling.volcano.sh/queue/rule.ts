import { textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';

/** A closed queue takes no new work, because a person closed it. */
export const volcanoQueueHealth: HealthRule = (manifest) => {
  const state = textAt(manifest, 'status', 'state');
  if (state === 'Open') return HEALTHY;
  if (state === 'Closed') return suspended('Queue is closed');
  if (state === 'Unknown') return { status: 'Unknown', message: 'Volcano does not know the state of the queue' };
  return progressing(state ? `Queue is ${state.toLowerCase()}` : UNTOLD);
};
