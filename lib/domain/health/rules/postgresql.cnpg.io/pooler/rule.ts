import { numberAt, valueAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { HEALTHY, type HealthRule, ofTotal, progressing, suspended } from '../../rule.ts';

/** Only the number of pods is told; those pods' own health says whether they work. */
export const cnpgPoolerHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'spec', 'pgbouncer', 'paused') === true) return suspended('PgBouncer holds all connections');
  const instances = valueAt(manifest, 'status', 'instances');
  if (typeof instances !== 'number') return progressing(UNTOLD);
  const wanted = numberAt(manifest, ['spec', 'instances'], 1);
  return instances < wanted ? progressing(`${ofTotal(instances, wanted, 'pod')} there`) : HEALTHY;
};
