import { deepEqual, isObject, listAt, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { member, members } from '../defaults/set.ts';
import { isDeleting, nameOf, withMetadata, withValue } from '../objects.ts';
import type { Resource } from '../resources.ts';
import { type FieldError, fieldError, invalid } from '../status.ts';
import { metadataErrors } from './metadata.ts';
import { schemaErrors } from './schema.ts';
import { WORKLOAD_RULES, validPort } from './workloads.ts';

const IMMUTABLE = 'field is immutable';
const DATA_KEY = /^[-._a-zA-Z0-9]+$/;
const DATA_LIMIT = 1024 * 1024;

function dataErrors(object: JsonObject, ...names: string[]): FieldError[] {
  const errors: FieldError[] = [];
  let size = 0;
  for (const name of names) {
    for (const [key, value] of Object.entries(objectAt(object, name))) {
      size += typeof value === 'string' ? value.length : 0;
      if (DATA_KEY.test(key) && key.length <= 253) continue;
      const why =
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
      errors.push(fieldError('FieldValueInvalid', `${name}[${key}]`, { value: key, why }));
    }
  }
  if (size > DATA_LIMIT)
    errors.push(fieldError('FieldValueTooLong', '', { why: `may not be more than ${DATA_LIMIT} bytes` }));
  return errors;
}

function service(object: JsonObject): FieldError[] {
  const spec = objectAt(object, 'spec');
  const ports = members(spec, 'ports');
  const errors: FieldError[] = [];
  if (ports.length === 0 && spec['clusterIP'] !== 'None' && spec['type'] !== 'ExternalName')
    errors.push(fieldError('FieldValueRequired', 'spec.ports'));
  if (spec['type'] === 'ExternalName' && textAt(spec, 'externalName') === '')
    errors.push(fieldError('FieldValueRequired', 'spec.externalName'));
  const seen = new Set<string>();
  ports.forEach((port, index) => {
    const at = `spec.ports[${index}]`;
    const name = textAt(port, 'name');
    if (ports.length > 1 && name === '') errors.push(fieldError('FieldValueRequired', `${at}.name`));
    else if (name !== '' && seen.has(name))
      errors.push(fieldError('FieldValueDuplicate', `${at}.name`, { value: name }));
    seen.add(name);
    if (!validPort(port['port']))
      errors.push(
        fieldError('FieldValueInvalid', `${at}.port`, {
          value: port['port'] ?? 0,
          why: 'must be between 1 and 65535, inclusive',
        }),
      );
  });
  return errors;
}

function ingress(object: JsonObject): FieldError[] {
  const spec = objectAt(object, 'spec');
  const empty = members(spec, 'rules').length === 0 && !isObject(spec['defaultBackend']);
  return empty
    ? [
        fieldError('FieldValueInvalid', 'spec', {
          value: spec,
          why: 'either `defaultBackend` or `rules` must be specified',
        }),
      ]
    : [];
}

function claim(object: JsonObject): FieldError[] {
  const spec = objectAt(object, 'spec');
  const errors: FieldError[] = [];
  if (!Array.isArray(spec['accessModes']))
    errors.push(fieldError('FieldValueRequired', 'spec.accessModes', { why: 'at least 1 access mode is required' }));
  if (objectAt(spec, 'resources', 'requests')['storage'] === undefined)
    errors.push(fieldError('FieldValueRequired', 'spec.resources[storage]'));
  return errors;
}

function definition(object: JsonObject): FieldError[] {
  const spec = objectAt(object, 'spec');
  const expected = `${textAt(spec, 'names', 'plural')}.${textAt(spec, 'group')}`;
  const name = nameOf(object);
  const errors: FieldError[] = [];
  if (name !== expected)
    errors.push(
      fieldError('FieldValueInvalid', 'metadata.name', {
        value: name,
        why: `must be spec.names.plural+"."+spec.group`,
      }),
    );
  const versions = members(spec, 'versions');
  if (versions.filter((one) => one['storage'] === true).length !== 1) {
    errors.push(
      fieldError('FieldValueInvalid', 'spec.versions', {
        value: [],
        why: 'must have exactly one version marked as storage version',
      }),
    );
  }
  versions.forEach((one, index) => {
    if (!isObject(objectAt(one, 'schema')['openAPIV3Schema']))
      errors.push(
        fieldError('FieldValueRequired', `spec.versions[${index}].schema.openAPIV3Schema`, {
          why: 'schemas are required',
        }),
      );
    else if (objectAt(one, 'schema', 'openAPIV3Schema')['type'] === undefined)
      errors.push(
        fieldError('FieldValueRequired', `spec.validation.openAPIV3Schema.type`, {
          why: 'must not be empty at the root',
        }),
      );
  });
  return errors;
}

const RULES: Record<string, (object: JsonObject) => FieldError[]> = {
  ...WORKLOAD_RULES,
  '/configmaps': (object) => dataErrors(object, 'data', 'binaryData'),
  '/secrets': (object) => dataErrors(object, 'data'),
  '/services': service,
  '/persistentvolumeclaims': claim,
  'networking.k8s.io/ingresses': ingress,
  'apiextensions.k8s.io/customresourcedefinitions': definition,
  'autoscaling/horizontalpodautoscalers': (object) => {
    const value = objectAt(object, 'spec')['maxReplicas'] ?? 0;
    return typeof value === 'number' && value > 0
      ? []
      : [fieldError('FieldValueInvalid', 'spec.maxReplicas', { value, why: 'must be greater than 0' })];
  },
};

/** What may not change from `before` to `after`, by `group/plural`. */
const TRANSITIONS: Record<string, (before: JsonObject, after: JsonObject) => FieldError[]> = {
  '/configmaps': frozenData,
  '/secrets': (before, after) => [...same(before, after, ['type']), ...frozenData(before, after)],
  'apps/deployments': (before, after) => same(before, after, ['spec', 'selector']),
  'apps/replicasets': (before, after) => same(before, after, ['spec', 'selector']),
  'apps/daemonsets': (before, after) => same(before, after, ['spec', 'selector']),
  'apps/statefulsets': statefulSetChange,
  'batch/jobs': (before, after) => [
    ...same(before, after, ['spec', 'selector']),
    ...same(before, after, ['spec', 'template', 'metadata']),
    ...same(before, after, ['spec', 'template', 'spec']),
    ...same(before, after, ['spec', 'completionMode']),
  ],
  '/pods': podChange,
  '/services': serviceChange,
  '/persistentvolumeclaims': claimChange,
  'rbac.authorization.k8s.io/rolebindings': (before, after) => same(before, after, ['roleRef']),
  'rbac.authorization.k8s.io/clusterrolebindings': (before, after) => same(before, after, ['roleRef']),
  'storage.k8s.io/storageclasses': (before, after) =>
    forbiddenChange(before, after, ['provisioner', 'parameters', 'reclaimPolicy']),
};

function same(before: JsonObject, after: JsonObject, path: string[]): FieldError[] {
  const why = path[0] === 'roleRef' ? 'cannot change roleRef' : IMMUTABLE;
  const value = path.reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), after);
  const old = path.reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), before);
  if (deepEqual(value, old)) return [];
  const shown = isObject(value) || typeof value === 'string' ? value : null;
  return [fieldError('FieldValueInvalid', path.join('.'), { value: shown, why })];
}

function frozenData(before: JsonObject, after: JsonObject): FieldError[] {
  if (before['immutable'] !== true) return [];
  const errors: FieldError[] = [];
  if (after['immutable'] !== true)
    errors.push(fieldError('FieldValueForbidden', 'immutable', { why: 'field is immutable when `immutable` is set' }));
  for (const name of ['data', 'binaryData']) {
    if (!deepEqual(objectAt(before, name), objectAt(after, name)))
      errors.push(fieldError('FieldValueForbidden', name, { why: 'field is immutable when `immutable` is set' }));
  }
  return errors;
}

function forbiddenChange(before: JsonObject, after: JsonObject, names: string[]): FieldError[] {
  return names
    .filter((name) => !deepEqual(before[name], after[name]))
    .map((name) => fieldError('FieldValueForbidden', name, { why: `updates to ${name} are forbidden.` }));
}

const STATEFUL_FREE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

function without(object: JsonObject, names: string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

function statefulSetChange(before: JsonObject, after: JsonObject): FieldError[] {
  if (deepEqual(without(objectAt(before, 'spec'), STATEFUL_FREE), without(objectAt(after, 'spec'), STATEFUL_FREE)))
    return [];
  const list = STATEFUL_FREE.map((name) => `'${name}'`);
  const why = `updates to statefulset spec for fields other than ${list.slice(0, -1).join(', ')} and ${list.at(-1)} are forbidden`;
  return [fieldError('FieldValueForbidden', 'spec', { why })];
}

const POD_FREE = [
  'activeDeadlineSeconds',
  'terminationGracePeriodSeconds',
  'tolerations',
  'nodeName',
  'ephemeralContainers',
  'schedulingGates',
  'priority',
];

function podChange(before: JsonObject, after: JsonObject): FieldError[] {
  const strip = (pod: JsonObject): JsonObject => {
    const spec = without(objectAt(pod, 'spec'), POD_FREE);
    const bare = (name: string): JsonObject[] => members(spec, name).map((one) => without(one, ['image', 'resources']));
    return { ...spec, containers: bare('containers'), initContainers: bare('initContainers') };
  };
  if (deepEqual(strip(before), strip(after))) return [];
  const why =
    'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';
  return [fieldError('FieldValueForbidden', 'spec', { why })];
}

function serviceChange(before: JsonObject, after: JsonObject): FieldError[] {
  const old = textAt(before, 'spec', 'clusterIP');
  const now = textAt(after, 'spec', 'clusterIP');
  const fixed =
    old !== '' &&
    old !== now &&
    textAt(after, 'spec', 'type') !== 'ExternalName' &&
    textAt(before, 'spec', 'type') !== 'ExternalName';
  return fixed
    ? [fieldError('FieldValueInvalid', 'spec.clusterIPs[0]', { value: [now], why: 'may not change once set' })]
    : [];
}

function claimChange(before: JsonObject, after: JsonObject): FieldError[] {
  const strip = (object: JsonObject): JsonObject =>
    without(objectAt(object, 'spec'), ['resources', 'volumeName', 'volumeAttributesClassName', 'storageClassName']);
  if (deepEqual(strip(before), strip(after))) return [];
  return [
    fieldError('FieldValueForbidden', 'spec', {
      why: 'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
    }),
  ];
}

/** Checks an object about to be stored. Throws 422 with a cause for each wrong field. */
export function validateObject(resource: Resource, object: JsonObject, before: JsonObject | undefined): void {
  const errors = metadataErrors(resource.storage, object);
  if (!resource.custom) errors.push(...schemaErrors(resource.schema, object, resource.shape.shapes.definitions));
  errors.push(...(RULES[resource.storage]?.(object) ?? []));
  if (before && isDeleting(before)) errors.push(...newFinalizers(before, object));
  if (before) errors.push(...(TRANSITIONS[resource.storage]?.(before, object) ?? []));
  if (errors.length > 0) throw invalid(resource, nameOf(object), unique(errors));
}

function newFinalizers(before: JsonObject, object: JsonObject): FieldError[] {
  const added = listAt(object, 'metadata', 'finalizers').filter(
    (one) => !listAt(before, 'metadata', 'finalizers').includes(one),
  );
  if (added.length === 0) return [];
  const why = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((one) => JSON.stringify(one)).join(', ')}}`;
  return [fieldError('FieldValueForbidden', 'metadata.finalizers', { why })];
}

/** One error a field and reason: schema and rules may both miss the same field. */
function unique(errors: FieldError[]): FieldError[] {
  const seen = new Set<string>();
  return errors.filter((error) => {
    const key = `${error.field}\u0000${error.reason}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** What only the server may set in a body is taken from the stored object. */
export function keepServerMetadata(next: JsonObject, stored: JsonObject): JsonObject {
  const metadata = objectAt(stored, 'metadata');
  const kept: Record<string, JsonObject[string] | undefined> = {};
  for (const name of [
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'selfLink',
    'generateName',
    'generation',
  ])
    kept[name] = metadata[name];
  const result = withMetadata(next, kept);
  return member(result, 'metadata') ? result : withValue(result, ['metadata'], metadata);
}
