import { isUnseen, UNTOLD, UNSEEN } from '../patterns.ts';
import { conditionsOf, conditionText, degraded, HEALTHY, type HealthRule, progressing, suspended } from '../rule.ts';

/**
 * Strimzi writes `NotReady` beside `Ready`, each only when True, and `Warning` for what can wait. NotReady is a failure except
 * for the reason Creating; a pause and an unmanaged topic are a person's.
 */
export const strimziHealth: HealthRule = (manifest) => {
  const is = (type: string) => conditionsOf(manifest).find((one) => one.type === type && one.status === 'True');
  if (is('ReconciliationPaused')) return suspended('Reconciling is paused by annotation');
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const notReady = is('NotReady');
  if (notReady) {
    const words = conditionText(notReady, 'Not ready');
    return notReady.reason === 'Creating' ? progressing(words) : degraded(words);
  }
  if (is('Unmanaged')) return suspended('Not managed, by annotation');
  return is('Ready') ? HEALTHY : progressing(UNTOLD);
};
