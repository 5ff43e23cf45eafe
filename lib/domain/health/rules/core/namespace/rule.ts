import { textAt } from '../../../../resource/json.ts';
import { conditionsOf, conditionText, HEALTHY, type HealthRule } from '../../rule.ts';

/** Terminating names what still holds the namespace, as the namespace controller tells it. */
export const namespaceHealth: HealthRule = (manifest) => {
  if (textAt(manifest, 'status', 'phase') !== 'Terminating') return HEALTHY;
  const held = conditionsOf(manifest).find(
    ({ type, status }) => /^Namespace.*(Remaining|Failure)$/.test(type) && status === 'True',
  );
  return {
    status: 'Terminating',
    message: held === undefined ? 'Being deleted' : `Being deleted: ${conditionText(held, held.type)}`,
  };
};
