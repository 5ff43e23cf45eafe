import { textAt } from '../../../../resource/json.ts';
import {
  conditionOf,
  conditionsOf,
  conditionText,
  degraded,
  type HealthRule,
  HEALTHY,
  progressing,
} from '../../rule.ts';

/** Denied and Failed are for ever; an approved one is done when the signer wrote status.certificate. */
export const certificateSigningRequestHealth: HealthRule = (manifest) => {
  const refused = conditionsOf(manifest).find(
    ({ type, status }) => (type === 'Denied' || type === 'Failed') && status !== 'False',
  );
  if (refused !== undefined) return degraded(`${refused.type}: ${conditionText(refused, 'no reason given')}`);
  if (textAt(manifest, 'status', 'certificate') !== '') return HEALTHY;
  const approved = conditionOf(manifest, 'Approved');
  return progressing(
    approved === undefined ? 'Waits for an approval' : 'Waits for the signer to issue the certificate',
  );
};
