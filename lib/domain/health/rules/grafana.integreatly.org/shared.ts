import { byConditions } from '../patterns.ts';
import type { HealthRule } from '../rule.ts';

const TROUBLE: readonly string[] = ['NoMatchingInstance', 'NoMatchingFolder', 'InvalidSpec', 'FolderUIDMismatch'];

/**
 * One ...Synchronized condition for each kind, besides conditions that exist when something is wrong. Argo CD takes any True for
 * well, also these. A person halts it with spec.suspend.
 */
export function synchronizedHealth(type: string): HealthRule {
  return byConditions({ ready: [type], trouble: TROUBLE, suspendedBy: ['spec', 'suspend'] });
}
