import { textAt } from '../../../resource/json.ts';
import { byConditions, UNTOLD } from '../patterns.ts';
import { conditionOf, conditionsOf, conditionText, degraded, HEALTHY, type HealthRule, progressing } from '../rule.ts';

const byInstalledAndHealthy = byConditions({
  ready: ['Installed', 'Healthy'],
  waitsFor: ['UnpackingPackage', 'AwaitingSignatureVerification'],
});

/** A package: `Installed` says that a revision is active, `Healthy` repeats what that revision says (Crossplane's package conditions). */
export const packageHealth: HealthRule = (manifest) => {
  const installed = conditionOf(manifest, 'Installed');
  const unpacking = installed?.status === 'False' && installed.reason === 'UnpackingPackage';
  // A message beside that reason is the error that keeps it from being unpacked.
  return unpacking && installed.message ? degraded(installed.message) : byInstalledAndHealthy(manifest);
};

const REVISION_TYPES = ['Healthy', 'RevisionHealthy', 'RuntimeHealthy'];

/**
 * One revision of a package. Crossplane 1 says `Healthy`; Crossplane 2 says `RevisionHealthy`, and `RuntimeHealthy` where a pod
 * runs it. An inactive revision is history: nobody keeps it healthy.
 */
export const packageRevisionHealth: HealthRule = (manifest) => {
  if (textAt(manifest, 'spec', 'desiredState') === 'Inactive') return HEALTHY;
  const told = conditionsOf(manifest).filter(({ type }) => REVISION_TYPES.includes(type));
  const failed = told.find(({ status, reason }) => status === 'False' && reason !== 'AwaitingSignatureVerification');
  if (failed) return degraded(conditionText(failed, 'Revision is not healthy'));
  const waiting = told.find(({ status }) => status !== 'True');
  if (waiting) return progressing(conditionText(waiting, 'Revision is not healthy yet'));
  return told.length > 0 ? HEALTHY : progressing(UNTOLD);
};
