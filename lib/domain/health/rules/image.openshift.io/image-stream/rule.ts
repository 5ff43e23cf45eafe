import { isObject, listAt, textAt } from '../../../../resource/json.ts';
import { conditionsIn, conditionText, degraded, type HealthRule, HEALTHY } from '../../rule.ts';

/** Tags that are imported tell a failure by ImportSuccess False; without a failure it is well, with or without images. */
export const imageStreamHealth: HealthRule = (manifest) => {
  for (const tag of listAt(manifest, 'status', 'tags').filter(isObject)) {
    const failed = conditionsIn(tag).find(({ type, status }) => type === 'ImportSuccess' && status === 'False');
    if (failed !== undefined) return degraded(`Tag ${textAt(tag, 'tag')}: ${conditionText(failed, 'import failed')}`);
  }
  return HEALTHY;
};
