import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, Manifest } from '../resource/manifest.ts';
import { comparePrediction, compareStructure } from './predict.ts';
import { schema } from './testdata/compare-cases.ts';

const make = (spec: JsonObject, metadata: JsonObject = {}): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', ...metadata },
  spec,
});
const lines = (desired: Manifest, live: Manifest, known = false): string[] =>
  compareStructure(desired, live, known ? schema : null).map(
    (d) => `${d.path}: ${JSON.stringify(d.live)} → ${JSON.stringify(d.desired)}`,
  );

describe('compareStructure', () => {
  it.each<[string, JsonObject, JsonObject, string[]]>([
    ['same', { a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, []],
    [
      'changed, added, removed',
      { a: 1, b: 2 },
      { a: 2, c: 3 },
      ['spec.a: 2 → 1', 'spec.b: undefined → 2', 'spec.c: 3 → undefined'],
    ],
    ['null is absent', { a: null }, {}, []],
    [
      'objects by name',
      { containers: [{ name: 'a', v: 1 }, { name: 'b' }] },
      { containers: [{ name: 'b' }, { name: 'a', v: 2 }] },
      ['spec.containers[name=a].v: 2 → 1'],
    ],
    [
      'items come and go',
      { env: [{ name: 'A' }] },
      { env: [{ name: 'B' }] },
      ['spec.env[name=A]: undefined → {"name":"A"}', 'spec.env[name=B]: {"name":"B"} → undefined'],
    ],
    [
      'order alone',
      { env: [{ name: 'A' }, { name: 'B' }] },
      { env: [{ name: 'B' }, { name: 'A' }] },
      ['spec.env: [{"name":"B"},{"name":"A"}] → [{"name":"A"},{"name":"B"}]'],
    ],
    [
      'ports by port and protocol',
      { ports: [{ containerPort: 80, name: 'x' }] },
      { ports: [{ containerPort: 80, name: 'y' }] },
      ['spec.ports[containerPort=80,protocol=TCP].name: "y" → "x"'],
    ],
    [
      'mounts by path',
      { volumeMounts: [{ name: 'v', mountPath: '/a' }] },
      { volumeMounts: [{ name: 'w', mountPath: '/a' }] },
      ['spec.volumeMounts[mountPath=/a].name: "w" → "v"'],
    ],
    [
      'objects without names',
      { rules: [{ v: 1 }, { v: 2 }] },
      { rules: [{ v: 1 }, { v: 3 }] },
      ['spec.rules[1].v: 3 → 2'],
    ],
    ['another length', { rules: [{ v: 1 }] }, { rules: [] }, ['spec.rules: [] → [{"v":1}]']],
    ['scalars in a list', { args: ['a'] }, { args: ['b'] }, ['spec.args: ["b"] → ["a"]']],
  ])('%s', (_name, desired, live, expected) => expect(lines(make(desired), make(live))).toEqual(expected));

  it.each<[string, JsonObject, JsonObject, string[]]>([
    [
      'a set, value by value',
      { finalizers: ['a/b', 'c/d'] },
      { finalizers: ['c/d', 'e/f'] },
      ['metadata.finalizers[=a/b]: undefined → "a/b"', 'metadata.finalizers[=e/f]: "e/f" → undefined'],
    ],
    ['a set in another order', { finalizers: ['a/b', 'c/d'] }, { finalizers: ['c/d', 'a/b'] }, []],
  ])('%s', (_name, desired, live, expected) => expect(lines(make({}, desired), make({}, live))).toEqual(expected));

  it('with a schema, a replaced list is told by position even where items have names', () => {
    expect(
      lines(make({ rules: [{ extra: 'a', name: 'x' }] }), make({ rules: [{ extra: 'b', name: 'x' }] }), true),
    ).toEqual(['spec.rules[0].extra: "b" → "a"']);
  });

  it('with a schema, the order of a merged list is nothing', () => {
    expect(
      lines(
        make({ containers: [{ name: 'a' }, { name: 'b' }] }),
        make({ containers: [{ name: 'b' }, { name: 'a' }] }),
        true,
      ),
    ).toEqual([]);
  });

  it('tells labels one by one', () => {
    expect(lines(make({}, { labels: { a: '1', b: '2' } }), make({}))).toEqual([
      'metadata.labels.a: undefined → "1"',
      'metadata.labels.b: undefined → "2"',
    ]);
  });

  it('is empty for equal manifests, and as empty the other way round', () => {
    const spec = fc
      .dictionary(fc.constantFrom('a', 'b', 'ports', 'env'), fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: true })
      .map((value): JsonObject => JSON.parse(JSON.stringify(value)));
    fc.assert(
      fc.property(spec, spec, (a, b) => {
        expect(compareStructure(make(a), make(structuredClone(a)))).toEqual([]);
        const [there, back] = [compareStructure(make(a), make(b)), compareStructure(make(b), make(a))];
        expect(back.length === 0).toBe(there.length === 0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('comparePrediction', () => {
  it('sees what an apply changes and nothing of the server', () => {
    const live = {
      ...make({ replicas: 3 }, { resourceVersion: '1', managedFields: [], generation: 1 }),
      status: { replicas: 3 },
    };
    const predicted = {
      ...make(
        { replicas: 2 },
        {
          resourceVersion: '2',
          managedFields: [{}],
          generation: 2,
          annotations: { 'quarterdeck.dev/tracking-id': 'x' },
        },
      ),
      status: {},
    };
    expect(comparePrediction(live, predicted)).toEqual([{ path: 'spec.replicas', desired: 2, live: 3 }]);
  });
});
