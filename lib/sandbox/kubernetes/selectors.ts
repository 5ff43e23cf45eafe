import { isObject, objectAt, textAt, valueAt } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import { badRequest } from './status.ts';

export type Matcher = (object: JsonObject) => boolean;

interface Requirement {
  key: string;
  operator: '=' | '!=' | 'in' | 'notin' | 'exists' | '!' | '>' | '<';
  values: string[];
}

const NAME = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?';
const KEY = new RegExp(`^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/)?${NAME}$`);
const VALUE = new RegExp(`^(?:${NAME})?$`);

const broken = (text: string, why: string): Error =>
  badRequest(`unable to parse requirement: ${why} in ${JSON.stringify(text)}`);

/** Splits at commas that are not inside parentheses. */
function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim());
}

function parseRequirement(text: string): Requirement {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(text);
  if (set) {
    const values = (set[3] ?? '').split(',').map((value) => value.trim());
    return check({ key: set[1] ?? '', operator: set[2] === 'in' ? 'in' : 'notin', values }, text);
  }
  const absent = /^!\s*(\S+)$/.exec(text);
  if (absent) return check({ key: absent[1] ?? '', operator: '!', values: [] }, text);
  const binary = /^([^\s=!<>]+)\s*(==|!=|=|<|>)\s*(\S*)$/.exec(text);
  if (binary) {
    const operator = binary[2] === '!=' ? '!=' : binary[2] === '<' || binary[2] === '>' ? binary[2] : '=';
    return check({ key: binary[1] ?? '', operator, values: [binary[3] ?? ''] }, text);
  }
  return check({ key: text, operator: 'exists', values: [] }, text);
}

function check(requirement: Requirement, text: string): Requirement {
  if (!KEY.test(requirement.key)) throw broken(text, `invalid label key ${JSON.stringify(requirement.key)}`);
  for (const value of requirement.values) {
    if (!VALUE.test(value) || value.length > 63) throw broken(text, `invalid label value ${JSON.stringify(value)}`);
  }
  const [bound] = requirement.values;
  if ((requirement.operator === '<' || requirement.operator === '>') && !/^-?\d+$/.test(bound ?? '')) {
    throw broken(text, 'for Gt, Lt operators, the value must be an integer');
  }
  return requirement;
}

function meets(requirement: Requirement, labels: JsonObject): boolean {
  const raw = Object.hasOwn(labels, requirement.key) ? labels[requirement.key] : undefined;
  const value = typeof raw === 'string' ? raw : undefined;
  const [first = ''] = requirement.values;
  switch (requirement.operator) {
    case '=':
      return value === first;
    case '!=':
      return value !== first;
    case 'in':
      return value !== undefined && requirement.values.includes(value);
    case 'notin':
      return value === undefined || !requirement.values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case '>':
      return value !== undefined && /^-?\d+$/.test(value) && Number(value) > Number(first);
    case '<':
      return value !== undefined && /^-?\d+$/.test(value) && Number(value) < Number(first);
    default:
      return requirement.operator satisfies never;
  }
}

/** A `labelSelector` of the query string. Throws 400 when it cannot be read. */
export function labelMatcher(text: string): Matcher {
  if (text.trim() === '') return () => true;
  const requirements = splitTop(text).map(parseRequirement);
  return (object) => {
    const labels = objectAt(object, 'metadata', 'labels');
    return requirements.every((requirement) => meets(requirement, labels));
  };
}

/** A `LabelSelector` as written in specs; an absent one matches nothing, an empty one everything. */
export function matchesSelector(selector: JsonValue | undefined, labels: JsonObject): boolean {
  if (!isObject(selector)) return false;
  const wanted = objectAt(selector, 'matchLabels');
  if (!Object.entries(wanted).every(([key, value]) => labels[key] === value)) return false;
  const expressions = selector['matchExpressions'];
  if (!Array.isArray(expressions)) return true;
  return expressions.every((expression) => {
    const key = textAt(expression, 'key');
    const raw = valueAt(expression, 'values');
    const values = Array.isArray(raw) ? raw.filter((value): value is string => typeof value === 'string') : [];
    const word = textAt(expression, 'operator');
    const operator = word === 'In' ? 'in' : word === 'NotIn' ? 'notin' : word === 'Exists' ? 'exists' : '!';
    return meets({ key, operator, values }, labels);
  });
}

/** Fields a selector may name beside `metadata.name` and `metadata.namespace`, by `group/plural`. */
const FIELDS: Record<string, string[]> = {
  '/pods': [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  '/events': [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  '/namespaces': ['status.phase', 'name'],
  '/nodes': ['spec.unschedulable'],
  '/secrets': ['type'],
  '/services': ['spec.clusterIP', 'spec.type'],
  '/replicationcontrollers': ['status.replicas'],
  'apps/replicasets': ['status.replicas'],
  'batch/jobs': ['status.successful'],
  'certificates.k8s.io/certificatesigningrequests': ['spec.signerName'],
};

/** A `fieldSelector` of the query string for one resource. Throws 400 for fields that cannot be selected. */
export function fieldMatcher(text: string, subject: { storage: string; extra?: string[] }): Matcher {
  if (text.trim() === '') return () => true;
  const allowed = new Set([
    'metadata.name',
    'metadata.namespace',
    ...(FIELDS[subject.storage] ?? []),
    ...(subject.extra ?? []),
  ]);
  const terms = splitTop(text).map((part) => {
    const match = /^([^=!]+)(==|!=|=)(.*)$/.exec(part);
    if (!match) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`);
    const [, field = '', operator, value = ''] = match;
    if (!allowed.has(field)) {
      throw badRequest(
        FIELDS[subject.storage]
          ? `field label not supported: ${field}`
          : `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
      );
    }
    return { path: fieldPath(field, subject.storage), negated: operator === '!=', value };
  });
  return (object) => terms.every((term) => (selectable(object, term.path) === term.value) !== term.negated);
}

const fieldPath = (field: string, storage: string): string[] =>
  storage === '/namespaces' && field === 'name'
    ? ['metadata', 'name']
    : storage === '/events' && field === 'source'
      ? ['source', 'component']
      : field.split('.');

function selectable(object: JsonObject, path: string[]): string {
  const value = valueAt(object, ...path);
  if (value === undefined || value === null)
    return path.at(-1) === 'unschedulable' || path.at(-1) === 'hostNetwork' ? 'false' : '';
  return typeof value === 'object' ? '' : String(value);
}
