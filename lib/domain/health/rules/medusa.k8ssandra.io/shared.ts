import { listAt } from '../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../rule.ts';

/** Lists of nodes: any in `failed` is a failure, `finished` counts once none is left in progress. */
export const medusaHealth: HealthRule = (manifest) => {
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const nodes = (field: string) => listAt(manifest, 'status', field).length;
  if (nodes('failed') > 0) return degraded(`${nodes('failed')} ${nodes('failed') === 1 ? 'node' : 'nodes'} failed`);
  if (nodes('inProgress') > 0)
    return progressing(`${nodes('inProgress')} ${nodes('inProgress') === 1 ? 'node' : 'nodes'} in progress`);
  return nodes('finished') > 0 ? HEALTHY : progressing(UNTOLD);
};
