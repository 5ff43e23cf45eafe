import { textAt, numberAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, ofTotal, progressing } from '../../rule.ts';

const WORKING = ['PENDING', 'INITIALIZING', 'FINALIZING'];
const WORDS: ReadonlyMap<string, string> = new Map([
  ['OFFLINE', 'All members are offline'],
  ['NO_QUORUM', 'The members have no quorum'],
  ['SPLIT_BRAIN', 'The members are split in two groups'],
  ['ONLINE_UNCERTAIN', 'Some members cannot be reached'],
]);

/** The operator's diagnosis of the group; every word of doubt is a failure, a group that is not complete is on its way. */
export const innoDBClusterHealth: HealthRule = (manifest) => {
  const word = textAt(manifest, 'status', 'cluster', 'status');
  if (word === 'ONLINE') return HEALTHY;
  const online = numberAt(manifest, ['status', 'cluster', 'onlineInstances']);
  const counted = `${ofTotal(online, numberAt(manifest, ['spec', 'instances'], 1), 'instance')} online`;
  if (word === 'ONLINE_PARTIAL') return progressing(counted);
  if (word === '' || WORKING.includes(word)) return progressing(word ? `Cluster is ${word.toLowerCase()}` : UNTOLD);
  return degraded(`${WORDS.get(word) ?? `Cluster is ${word}`}, ${counted}`);
};
