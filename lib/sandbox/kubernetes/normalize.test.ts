import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { readBody } from './body.ts';
import { normalize } from './normalize.ts';
import { canonicalQuantity } from './quantity.ts';
import { builtInResources } from './resources.ts';
import { mergePatch } from './patch/apply-patch.ts';
import { mergeStrategic } from './patch/strategic.ts';
import { age, readPath } from './table/cells.ts';

function resource(key: string) {
  const found = builtInResources().resources.get(key);
  if (!found) throw new Error(`no ${key}`);
  return found;
}

test.each([
  ['0.5', '500m'],
  ['1000m', '1'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['2000k', '2M'],
  [2, '2'],
  ['0', '0'],
])('quantity %s is stored as %s', (given, stored) => {
  expect(canonicalQuantity(given)).toBe(stored);
});

describe('normalize', () => {
  const deployments = resource('apps/v1/deployments');
  test('drops nulls and empty maps, keeps structs, names unknown fields', () => {
    const body = {
      metadata: { name: 'a', labels: {} },
      spec: { replicas: null, replica: 1, template: { spec: { containers: [{ name: 'a', imag: 'x' }] } } },
    };
    const { object, unknown } = normalize(deployments, body);
    expect(unknown).toEqual(['spec.replica', 'spec.template.spec.containers[0].imag']);
    expect(object).toMatchObject({
      metadata: { name: 'a' },
      spec: { strategy: {}, template: { spec: { containers: [{ name: 'a', resources: {} }] } } },
    });
    expect(object['metadata']).not.toHaveProperty('labels');
    expect(object['spec']).not.toHaveProperty('replicas');
  });
  test('a wrong JSON type is refused in the words of the server', () => {
    expect(() => normalize(deployments, { spec: { replicas: 'two' } })).toThrow(
      'cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    );
  });
});

test('members written twice are found', () => {
  expect(readBody('{"a":{"b":1,"b":2},"c":[{"d":1,"d":1}],"e":"\\"x\\":"}', { yaml: false }).duplicates).toEqual([
    'a.b',
    'c[0].d',
  ]);
  expect(readBody('{"a":{"b":1},"c":{"b":2}}', { yaml: false }).duplicates).toEqual([]);
});

test('merge patch: null removes, objects merge', () => {
  expect(mergePatch({ a: 1, b: { c: 1, d: 2 } }, { a: null, b: { c: 3 } })).toEqual({ b: { c: 3, d: 2 } });
});

const pods = resource('v1/pods'.replace('v1', '/v1'));
const containers = (...list: JsonObject[]): JsonObject => ({ spec: { containers: list } });

test.each([
  [
    'merges by name',
    containers({ name: 'a', image: '2' }),
    [
      { name: 'a', image: '2', args: ['x'] },
      { name: 'b', image: '1' },
    ],
  ],
  ['deletes by directive', containers({ name: 'a', $patch: 'delete' }), [{ name: 'b', image: '1' }]],
  ['replaces by directive', { spec: { containers: [{ name: 'c' }, { $patch: 'replace' }] } }, [{ name: 'c' }]],
  [
    'reorders',
    { spec: { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] } },
    [
      { name: 'b', image: '1' },
      { name: 'a', image: '1', args: ['x'] },
    ],
  ],
])('strategic merge %s', (_name, patch, expected) => {
  const live = containers({ name: 'a', image: '1', args: ['x'] }, { name: 'b', image: '1' });
  expect(mergeStrategic(pods.shape, live, patch)).toEqual(containers(...expected));
});

test.each([
  [30, '30s'],
  [150, '2m30s'],
  [3600 * 5, '5h'],
  [86_400 * 3, '3d'],
])('%s seconds ago is %s', (seconds, text) => {
  expect(age('2026-01-01T00:00:00Z', Date.parse('2026-01-01T00:00:00Z') + seconds * 1000)).toBe(text);
});

test.each([
  ['.spec.size', 3],
  ['.status.conditions[?(@.type=="Ready")].status', 'True'],
  ['.status.conditions[0].type', 'Ready'],
  ['.missing.path', undefined],
])('a printed column reads %s', (path, expected) => {
  expect(readPath({ spec: { size: 3 }, status: { conditions: [{ type: 'Ready', status: 'True' }] } }, path)).toBe(
    expected,
  );
});
