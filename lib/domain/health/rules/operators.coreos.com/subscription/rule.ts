import { textAt } from '../../../../resource/json.ts';
import {
  type Condition,
  conditionsOf,
  conditionText,
  degraded,
  type HealthRule,
  HEALTHY,
  progressing,
} from '../../rule.ts';

/**
 * Its conditions exist for trouble. An upgrade that waits for a person while an older version runs is no trouble, and a missing
 * install plan that was cleaned up (ReferencedInstallPlanNotFound) is none either.
 */
export const olmSubscriptionHealth: HealthRule = (manifest) => {
  const conditions = conditionsOf(manifest);
  const failed = conditions.find(isFailure);
  if (failed !== undefined) return degraded(conditionText(failed, failed.type));
  if (conditions.length === 0) return progressing('The controller has not reported yet');
  const pending = conditions.find(({ type, status }) => type === 'InstallPlanPending' && status === 'True');
  if (pending === undefined) return HEALTHY;
  if (pending.reason !== 'RequiresApproval') return progressing('An install plan is being carried out');
  return textAt(manifest, 'status', 'installedCSV') === ''
    ? progressing('The install plan waits for an approval')
    : { status: 'Healthy', message: `Upgrade to ${textAt(manifest, 'status', 'currentCSV')} waits for an approval` };
};

function isFailure({ type, status, reason }: Condition): boolean {
  if (status !== 'True') return false;
  if (type === 'InstallPlanMissing') return reason !== 'ReferencedInstallPlanNotFound';
  return ['CatalogSourcesUnhealthy', 'InstallPlanFailed', 'ResolutionFailed', 'BundleUnpackFailed'].includes(type);
}
