import { conditionOf, conditionText, degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';
import { isOutdated } from '../shared.ts';

/** Accepted by its controller; until one looks at it the API itself writes Unknown. */
export const gatewayClassHealth: HealthRule = (manifest) => {
  const accepted = conditionOf(manifest, 'Accepted');
  if (accepted === undefined) return progressing('The controller has not reported yet');
  if (isOutdated(manifest, [accepted])) return progressing('Waiting for the controller to see the newest spec');
  if (accepted.status === 'True') return HEALTHY;
  const message = conditionText(accepted, 'Not accepted yet');
  return accepted.status === 'False' ? degraded(message) : progressing(message);
};
