import { textAt } from '../../../../resource/json.ts';
import { byConditions } from '../../patterns.ts';
import { type HealthRule, progressing } from '../../rule.ts';

const judge = byConditions({ ready: ['Ready'] });

/**
 * Ready speaks of the last sync. status.syncedResourceVersion begins with the generation that was synced, so a good sync of an
 * older spec is progress, except when it is made only once.
 */
export const externalSecretHealth: HealthRule = (manifest) => {
  const health = judge(manifest);
  if (health.status !== 'Healthy' || textAt(manifest, 'spec', 'refreshPolicy') === 'CreatedOnce') return health;
  const synced = /^(\d+)-/.exec(textAt(manifest, 'status', 'syncedResourceVersion'))?.[1];
  const behind = synced !== undefined && Number(synced) < (manifest.metadata.generation ?? 0);
  return behind ? progressing('Waiting for the controller to see the newest spec') : health;
};
