import { isObject, listAt, numberAt, objectAt, textAt } from '../../resource/json.ts';
import type { JsonObject, Manifest } from '../../resource/manifest.ts';
import type { Health } from '../status.ts';

/** A rule reads one live object and says how it is. It never looks at other objects and never throws, whatever the object holds. */
export type HealthRule = (manifest: Manifest) => Health;

/** A rule and its name in the registry: `group/Kind`, a whole group, or the end of one (`.crossplane.io`). */
export interface RegisteredRule {
  name: string;
  rule: HealthRule;
}

export const HEALTHY: Health = { status: 'Healthy', message: '' };

export function progressing(message: string): Health {
  return { status: 'Progressing', message };
}

export function degraded(message: string): Health {
  return { status: 'Degraded', message };
}

/** A person halted it; nothing is wrong. */
export function suspended(message: string): Health {
  return { status: 'Suspended', message };
}

export interface Condition {
  type: string;
  /** True, False, Unknown, or whatever the controller wrote. */
  status: string;
  reason: string;
  message: string;
  /** The generation it speaks of, where the controller writes one. */
  observedGeneration: number | null;
}

export function conditionsOf(manifest: Manifest): Condition[] {
  return conditionsIn(objectAt(manifest, 'status'));
}

/** The conditions of a part of a status: of one parent, listener or router. */
export function conditionsIn(part: JsonObject): Condition[] {
  return listAt(part, 'conditions').filter(isObject).map(readCondition);
}

export function conditionOf(manifest: Manifest, type: string): Condition | undefined {
  return conditionsOf(manifest).find((condition) => condition.type === type);
}

/** What a condition says, its reason when it has no message, `fallback` when neither. */
export function conditionText(condition: Condition, fallback: string): string {
  return condition.message || condition.reason || fallback;
}

/** The controller has not looked at the newest spec yet. */
export function isStale(manifest: Manifest): boolean {
  return (manifest.metadata.generation ?? 0) > numberAt(manifest, ['status', 'observedGeneration']);
}

/** `2 of 5 replicas` */
export function ofTotal(count: number, total: number, noun: string): string {
  return `${count} of ${total} ${noun}${total === 1 ? '' : 's'}`;
}

function readCondition(condition: JsonObject): Condition {
  const generation = condition['observedGeneration'];
  return {
    type: textAt(condition, 'type'),
    status: textAt(condition, 'status'),
    reason: textAt(condition, 'reason'),
    message: textAt(condition, 'message'),
    observedGeneration: typeof generation === 'number' ? generation : null,
  };
}
