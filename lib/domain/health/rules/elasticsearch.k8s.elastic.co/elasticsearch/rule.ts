import { listAt, textAt, numberAt } from '../../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, ofTotal, progressing, suspended } from '../../rule.ts';
import { isUnmanaged } from '../shared.ts';

const WORKING: ReadonlyMap<string, string> = new Map([
  ['ApplyingChanges', 'Changes are being applied'],
  ['MigratingData', 'Data moves off nodes that leave'],
]);

/**
 * The phase is the operator's work, the colour the data: yellow misses replicas, red misses data. Unlike Argo CD red counts
 * while changes are applied too, and nodes that wait for their count do not hide it.
 */
export const elasticsearchHealth: HealthRule = (manifest) => {
  if (isUnmanaged(manifest)) return suspended('Not managed, by annotation');
  const phase = textAt(manifest, 'status', 'phase');
  const colour = textAt(manifest, 'status', 'health');
  if (phase === 'Invalid') return degraded('The spec is not valid');
  if (phase === 'Stalled') return degraded('The shutdown of a node is stalled');
  if (colour === 'red') return degraded('Health is red: data of some index is missing');
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const counts = listAt(manifest, 'spec', 'nodeSets').map((set) => numberAt(set, ['count']));
  const wanted = counts.reduce((sum, count) => sum + count, 0);
  const available = numberAt(manifest, ['status', 'availableNodes']);
  if (phase !== '' && available < wanted) return progressing(`${ofTotal(available, wanted, 'node')} available`);
  const work = WORKING.get(phase);
  if (work !== undefined) return progressing(work);
  if (colour === 'green') return HEALTHY;
  return progressing(colour === 'yellow' ? 'Health is yellow: some replicas are missing' : UNTOLD);
};
