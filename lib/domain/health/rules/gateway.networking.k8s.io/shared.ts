import { isObject, listAt, textAt } from '../../../resource/json.ts';
import type { Manifest } from '../../../resource/manifest.ts';
import type { Health } from '../../status.ts';
import {
  type Condition,
  conditionsIn,
  conditionsOf,
  conditionText,
  degraded,
  type HealthRule,
  HEALTHY,
  progressing,
} from '../rule.ts';

const FAILURES: readonly string[] = ['ResolvedRefs', 'Accepted'];

/** Some condition speaks of an older spec (the Gateway API asks every condition to say which generation it saw). */
export function isOutdated(manifest: Manifest, conditions: Condition[]): boolean {
  const { generation } = manifest.metadata;
  return conditions.some(
    ({ observedGeneration }) =>
      observedGeneration !== null && generation !== undefined && observedGeneration !== generation,
  );
}

/** What the conditions of one gateway, listener or parent say; null when nothing is wrong. Conflicted is bad when True. */
export function conditionsHealth(conditions: Condition[], who: string): Health | null {
  const failed = conditions.find(
    ({ type, status }) =>
      (FAILURES.includes(type) && status === 'False') || (type === 'Conflicted' && status === 'True'),
  );
  if (failed) return degraded(`${who}${conditionText(failed, failed.type)}`);
  const waiting = conditions.find(({ type, status }) => type === 'Programmed' && status !== 'True');
  return waiting ? progressing(`${who}${conditionText(waiting, 'Not programmed yet')}`) : null;
}

/** Own conditions first, then each listener's. */
export const listenersHealth: HealthRule = (manifest) => {
  const own = conditionsOf(manifest);
  if (isOutdated(manifest, own)) return progressing('Waiting for the controller to see the newest spec');
  const mine = conditionsHealth(own, '');
  if (mine !== null) return mine;
  const listeners = listAt(manifest, 'status', 'listeners').filter(isObject);
  const found = listeners
    .map((one) => conditionsHealth(conditionsIn(one), `Listener ${textAt(one, 'name')}: `))
    .filter((health) => health !== null);
  const worst = found.find(({ status }) => status === 'Degraded') ?? found[0];
  if (worst !== undefined) return worst;
  const told = own.length > 0 || listeners.length > 0;
  return told ? HEALTHY : progressing('The controller has not reported yet');
};

/** A parent of a route or an ancestor of a policy, with what its controller says of the newest spec. */
interface Reference {
  who: string;
  conditions: Condition[];
}

/** References whose controller looked at the newest spec. */
export function freshReferences(manifest: Manifest, list: string, field: string): Reference[] {
  return listAt(manifest, 'status', list)
    .filter(isObject)
    .map((entry) => ({
      who: `${textAt(entry, field, 'kind') || 'Gateway'} ${textAt(entry, field, 'name')}: `,
      conditions: conditionsIn(entry),
    }))
    .filter(({ conditions }) => conditions.length > 0 && !isOutdated(manifest, conditions));
}

/** Every parent counts: one that refuses the route makes it degraded, and one that takes it is enough to be well. */
export const routeHealth: HealthRule = (manifest) => {
  const parents = freshReferences(manifest, 'parents', 'parentRef');
  const found = parents
    .map(({ conditions, who }) => conditionsHealth(conditions, who))
    .filter((health) => health !== null);
  const worst = found.find(({ status }) => status === 'Degraded') ?? found[0];
  if (worst !== undefined) return worst;
  const taken = parents.some(({ conditions }) =>
    conditions.some(({ type, status }) => type === 'Accepted' && status === 'True'),
  );
  return taken ? HEALTHY : progressing('Waiting for a gateway to accept the route');
};
