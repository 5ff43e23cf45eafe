import { textAt } from '../../../../resource/json.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** Healthy when bound to a volume. */
export const persistentVolumeClaimHealth: HealthRule = (manifest) => {
  const phase = textAt(manifest, 'status', 'phase');
  switch (phase) {
    case 'Bound':
      return HEALTHY;
    case 'Pending':
      return progressing(`Waiting for a volume${storageClass(textAt(manifest, 'spec', 'storageClassName'))}`);
    case 'Lost':
      return degraded(`The volume ${textAt(manifest, 'spec', 'volumeName') || 'it was bound to'} is gone`);
    default:
      return { status: 'Unknown', message: phase === '' ? 'No phase is reported' : `Phase ${phase}` };
  }
};

function storageClass(name: string): string {
  return name === '' ? '' : ` of storage class ${name}`;
}
