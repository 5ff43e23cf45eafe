import { isObject, listAt, textAt } from '../../../resource/json.ts';
import type { JsonObject } from '../../../resource/manifest.ts';
import type { Health } from '../../status.ts';
import { byConditions } from '../patterns.ts';
import { conditionOf, type HealthRule, progressing } from '../rule.ts';

const byReady = byConditions({ ready: ['Ready'] });

/** Ready of the last reconciliation, which names the generation it saw. */
export const promoterHealth: HealthRule = (manifest) => {
  const generation = conditionOf(manifest, 'Ready')?.observedGeneration ?? null;
  const behind = generation !== null && generation !== (manifest.metadata.generation ?? generation);
  return behind ? progressing('Waiting for the controller to see the newest spec') : byReady(manifest);
};

/** How one environment (or policy) stands: `null` when the proposed commit is the active one. */
export function promotionOf(environment: JsonObject, name: string): Health | null {
  const [active, proposed] = [
    textAt(environment, 'active', 'dry', 'sha'),
    textAt(environment, 'proposed', 'dry', 'sha'),
  ];
  if (active === '' || proposed === '')
    return progressing(`${name} has no ${active === '' ? 'active' : 'proposed'} commit yet`);
  if (active === proposed) return null;
  const checks = listAt(environment, 'proposed', 'commitStatuses').filter(isObject);
  const open = checks.filter((check) => textAt(check, 'phase') !== 'success');
  const words = open.map((check) => `${textAt(check, 'key')} ${textAt(check, 'phase')}`).join(', ');
  return progressing(`Promoting ${proposed.slice(0, 7)} to ${name}${words === '' ? '' : `: ${words}`}`);
}
