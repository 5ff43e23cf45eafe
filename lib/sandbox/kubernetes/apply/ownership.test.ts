import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isObject, listAt, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { builtInResources } from '../resources.ts';
import { ApiError } from '../status.ts';
import { emptySet } from './field-set.ts';
import { withoutManagers } from './managers.ts';
import { applyObject, recordUpdate, type Writer } from './ownership.ts';

function deploymentShape() {
  const found = builtInResources().resources.get('apps/v1/deployments');
  if (!found) throw new Error('no deployments in the captured schema');
  return found.shape;
}

const shape = deploymentShape();
const writer = (manager: string, now = '2026-01-01T00:00:00Z'): Writer => ({
  manager,
  apiVersion: 'apps/v1',
  subresource: '',
  now,
  ignored: emptySet(),
});
const base = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } };

function apply(
  live: JsonObject | undefined,
  config: JsonObject,
  options: { manager: string; force?: boolean; now?: string },
): JsonObject {
  return applyObject(
    shape,
    { live: live ?? base, config: { ...base, ...config }, created: !live },
    { writer: writer(options.manager, options.now), force: options.force ?? false },
  );
}

const name = fc.constantFrom('a', 'b', 'c', 'd');
const labels = fc.dictionary(name, fc.constantFrom('1', '2'), { minKeys: 1 });
const port = fc.record({ containerPort: fc.integer({ min: 1, max: 5 }), protocol: fc.constantFrom('TCP', 'UDP') });
const ports = fc.uniqueArray(port, {
  selector: (one) => `${one.containerPort}/${one.protocol}`,
  minLength: 1,
  maxLength: 3,
});
const container = fc.record(
  { name, image: fc.constantFrom('x:1', 'x:2'), args: fc.array(fc.constantFrom('-v', '-q'), { maxLength: 2 }), ports },
  { requiredKeys: ['name'] },
);
const containers = fc.uniqueArray(container, { selector: (one) => one.name, minLength: 1, maxLength: 3 });
const config: fc.Arbitrary<JsonObject> = fc
  .record({ replicas: fc.integer({ min: 0, max: 3 }), labels, containers }, { requiredKeys: ['containers'] })
  .map(({ replicas, labels: own, containers: list }) => ({
    metadata: { name: 'web', ...(own ? { labels: own } : {}) },
    spec: {
      ...(replicas === undefined ? {} : { replicas }),
      template: { spec: { containers: list.map((one): JsonObject => ({ ...one })) } },
    },
  }));

/** The same content, lists of elements by name in any order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    return items.every(isObject) ? items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

describe('properties', () => {
  test('applying twice changes nothing, not even the time', () => {
    fc.assert(
      fc.property(config, (body) => {
        const once = apply(undefined, body, { manager: 'a' });
        expect(apply(once, body, { manager: 'a', now: '2026-02-02T00:00:00Z' })).toEqual(once);
      }),
    );
  });

  test('applying, then taking it all back, leaves what was there before', () => {
    fc.assert(
      fc.property(config, config, (first, second) => {
        const before = apply(undefined, first, { manager: 'a' });
        const list = listAt(second, 'spec', 'template', 'spec', 'containers').map((one) => ({
          ...(isObject(one) ? one : {}),
          name: `own-${textAt(one, 'name')}`,
        }));
        const own = { spec: { template: { spec: { containers: list } } } };
        const after = apply(apply(before, own, { manager: 'b' }), {}, { manager: 'b' });
        expect(withoutManagers(after)).toEqual(withoutManagers(before));
        expect(listAt(after, 'metadata', 'managedFields')).toEqual(listAt(before, 'metadata', 'managedFields'));
      }),
    );
  });

  test('two managers of different fields may come in either order', () => {
    fc.assert(
      fc.property(config, labels, (spec, annotations) => {
        const mine = { spec: objectAt(spec, 'spec') };
        const theirs = { metadata: { name: 'web', annotations } };
        const one = apply(apply(undefined, mine, { manager: 'a' }), theirs, { manager: 'b' });
        const other = apply(apply(undefined, theirs, { manager: 'b' }), mine, { manager: 'a' });
        expect(sorted(one)).toEqual(sorted(other));
      }),
    );
  });

  test('force never leaves two owners who disagree: the forced value is there', () => {
    fc.assert(
      fc.property(config, config, (first, second) => {
        const after = apply(apply(undefined, first, { manager: 'a' }), second, { manager: 'b', force: true });
        expect(() => apply(after, second, { manager: 'b' })).not.toThrow();
      }),
    );
  });
});

const image = (value: string): JsonObject => ({
  spec: { template: { spec: { containers: [{ name: 'web', image: value }] } } },
});

test('a conflict names manager and field, and changes nothing', () => {
  const live = apply(undefined, image('x:1'), { manager: 'a' });
  const attempt = (): JsonObject => apply(live, image('x:2'), { manager: 'b' });
  expect(attempt).toThrow(ApiError);
  expect(attempt).toThrow(
    'Apply failed with 1 conflict: conflict with "a": .spec.template.spec.containers[name="web"].image',
  );
});

test('an update takes the field over from the applier', () => {
  const live = apply(undefined, image('x:1'), { manager: 'a' });
  const next = { ...live, ...image('x:2') };
  const after = recordUpdate(shape, { live, next, created: false }, writer('kubectl-edit'));
  expect(listAt(after, 'metadata', 'managedFields')).toMatchObject([
    { manager: 'a', operation: 'Apply' },
    {
      manager: 'kubectl-edit',
      operation: 'Update',
      fieldsV1: {
        'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { 'f:image': {} } } } } },
      },
    },
  ]);
});

test.each([
  ['scalar to null', { spec: { replicas: 2 } }, {}, undefined],
  ['kept by a co-owner', { spec: { replicas: 2 } }, { spec: { replicas: 2 } }, 2],
])('a field left out: %s', (_name, first, other, expected) => {
  const shared = apply(apply(undefined, first, { manager: 'a' }), other, { manager: 'b' });
  expect(objectAt(apply(shared, {}, { manager: 'a' }), 'spec')['replicas']).toBe(expected);
});
