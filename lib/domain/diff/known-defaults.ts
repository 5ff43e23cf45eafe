import { deepEqual } from '../resource/json.ts';
import type { JsonValue } from '../resource/manifest.ts';

/** Values the API server itself writes beside what was applied, by field name; only consulted where a list or map is replaced as a whole. */
const FILLED: Record<string, readonly JsonValue[]> = {
  apiGroup: ['', 'rbac.authorization.k8s.io'],
  apiVersion: ['v1'],
  defaultMode: [420],
  divisor: ['0', 0],
  expirationSeconds: [3600],
  kind: ['PersistentVolumeClaim'],
  matchPolicy: ['Equivalent'],
  protocol: ['TCP'],
  scope: ['*'],
  selectPolicy: ['Max'],
  volumeMode: ['Filesystem'],
};

/** Members of builtin kinds that the server leaves out when false, zero or empty: absence means the same. */
const LEFT_OUT = new Set([
  'hostIPC',
  'hostNetwork',
  'hostPID',
  'minReadySeconds',
  'paused',
  'publishNotReadyAddresses',
  'readOnly',
  'resources',
  'securityContext',
  'shareProcessNamespace',
  'stdin',
  'stdinOnce',
  'subPath',
  'tty',
  'unschedulable',
  'annotations',
  'labels',
  'nodeSelector',
]);

/** Keys of merged lists that default when left out. */
const KEY_DEFAULTS: Record<string, JsonValue> = { protocol: 'TCP' };

export function isFilledByServer(field: string, value: JsonValue): boolean {
  if (field === 'status') return true;
  return Object.hasOwn(FILLED, field) && FILLED[field]?.some((filled) => deepEqual(filled, value)) === true;
}

export function isLeftOutByServer(field: string): boolean {
  return LEFT_OUT.has(field);
}

export function keyDefault(key: string): JsonValue | undefined {
  return Object.hasOwn(KEY_DEFAULTS, key) ? KEY_DEFAULTS[key] : undefined;
}

/** True for groups the API server compiles in: it decodes them into structs and drops what is empty. */
export function isBuiltinGroup(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io');
}
