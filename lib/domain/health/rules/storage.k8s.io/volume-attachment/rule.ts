import { objectAt, textAt, valueAt } from '../../../../resource/json.ts';
import { degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';

/** status.attached, and the last error of the driver (VolumeAttachmentStatus); a detach error belongs to one being deleted. */
export const volumeAttachmentHealth: HealthRule = (manifest) => {
  const error = objectAt(manifest, 'status', 'attachError');
  if (valueAt(manifest, 'status', 'attached') === true) return HEALTHY;
  if (Object.keys(error).length > 0) {
    return degraded(`The volume cannot be attached: ${textAt(error, 'message') || 'no reason given'}`);
  }
  return progressing(`Being attached to node ${textAt(manifest, 'spec', 'nodeName') || 'it belongs to'}`);
};
