import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPath, itemIndex, parseJsonPointer, parsePath, type PathStep, valueAtPath } from './paths.ts';

const f = (field: string): PathStep => ({ field });

describe('formatPath and parsePath', () => {
  it.each<[string, PathStep[]]>([
    ['', []],
    ['spec.replicas', [f('spec'), f('replicas')]],
    ['metadata.labels["app.kubernetes.io/name"]', [f('metadata'), f('labels'), f('app.kubernetes.io/name')]],
    ['data["tls.crt"]', [f('data'), f('tls.crt')]],
    ['data[""]', [f('data'), f('')]],
    ['spec.containers[name=web].image', [f('spec'), f('containers'), { keys: { name: 'web' } }, f('image')]],
    ['ports[containerPort=80,protocol=TCP]', [f('ports'), { keys: { containerPort: 80, protocol: 'TCP' } }]],
    ['env[name="a b"]', [f('env'), { keys: { name: 'a b' } }]],
    ['env[name="80"]', [f('env'), { keys: { name: '80' } }]],
    ['x["odd key"=true]', [f('x'), { keys: { 'odd key': true } }]],
    ['metadata.finalizers[=quarterdeck.dev/hold]', [f('metadata'), f('finalizers'), { value: 'quarterdeck.dev/hold' }]],
    ['spec.codes[=404]', [f('spec'), f('codes'), { value: 404 }]],
    ['rules[0].verbs', [f('rules'), { index: 0 }, f('verbs')]],
    ['a[={"b":[1]}].c', [f('a'), { value: { b: [1] } }, f('c')]],
  ])('%s', (text, steps) => {
    expect(formatPath(steps)).toBe(text);
    expect(parsePath(text)).toEqual(steps);
  });

  it.each(['.', 'a.', 'a..b', 'a[', 'a[]', 'a[name=]', 'a[name=web', 'a]b', 'a[-1]', 'a["x]', 'a b', '[=', 'a[name]'])(
    'refuses %j',
    (text) => expect(parsePath(text)).toBeNull(),
  );

  it('reads * for any step', () => {
    expect(parsePath('spec.containers[*].image')).toEqual([f('spec'), f('containers'), f('*'), f('image')]);
    expect(parsePath('metadata.annotations.*')).toEqual([f('metadata'), f('annotations'), f('*')]);
  });

  it('gives every path back', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const step: fc.Arbitrary<PathStep> = fc.oneof(
      fc
        .string()
        .filter((name) => name !== '*')
        .map(f),
      fc.nat({ max: 1000 }).map((index) => ({ index })),
      fc.oneof(scalar, fc.array(fc.integer(), { maxLength: 3 })).map((value) => ({ value })),
      fc
        .dictionary(
          fc.string({ minLength: 1 }).filter((key) => !/^\d+$/.test(key) && key !== '__proto__'),
          scalar,
          { minKeys: 1, maxKeys: 3, noNullPrototype: true },
        )
        .map((keys) => ({ keys })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        expect(parsePath(formatPath(steps))).toEqual(steps);
      }),
    );
  });

  it('never throws on any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const steps = parsePath(text);
        if (steps !== null) expect(parsePath(formatPath(steps))).toEqual(steps);
      }),
    );
  });
});

describe('parseJsonPointer', () => {
  it.each<[string, PathStep[] | null]>([
    ['', []],
    ['/spec/replicas', [f('spec'), f('replicas')]],
    ['/metadata/annotations/a~1b~0c', [f('metadata'), f('annotations'), f('a/b~c')]],
    ['/spec/containers/0/image', [f('spec'), f('containers'), { index: 0 }, f('image')]],
    ['/x/01', [f('x'), f('01')]],
    ['spec/replicas', null],
  ])('%s', (text, steps) => expect(parseJsonPointer(text)).toEqual(steps));
});

describe('valueAtPath and itemIndex', () => {
  const object = { spec: { ports: [{ containerPort: 80 }, { containerPort: 81, protocol: 'UDP' }], set: ['a', 'b'] } };
  it.each<[string, unknown]>([
    ['spec.ports[containerPort=81].protocol', 'UDP'],
    ['spec.ports[containerPort=80,protocol=TCP].containerPort', 80],
    ['spec.set[=b]', 'b'],
    ['spec.set[1]', 'b'],
    ['spec.set[9]', undefined],
    ['spec.none.deeper', undefined],
    ['spec.toString', undefined],
    ['spec.ports[name=x]', undefined],
  ])('%s → %j', (path, value) => expect(valueAtPath(object, parsePath(path) ?? [])).toEqual(value));
  it('finds no item by a member', () => expect(itemIndex(['a'], f('a'))).toBe(-1));
});
