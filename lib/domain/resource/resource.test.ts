import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { deepEqual, isEmpty, listAt, numberAt, omit, textAt, valueAt } from './json.ts';
import { buildOwnerTree, descendantsOf, type OwnedRow, type OwnerNode } from './owners.ts';
import { compareQuantities, parseQuantity, sameQuantity } from './quantity.ts';

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
};

describe('canonicalJson', () => {
  it.each([
    [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
    [{ a: undefined, b: { d: 1, c: 2 } }, '{"b":{"c":2,"d":1}}'],
    ['é"\n', '"é\\"\\n"'],
    [undefined, 'null'],
  ])('%j → %s', (value, text) => expect(canonicalJson(value)).toBe(text));

  it('is the same for every order of members, and parses back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(shuffled(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('differs for values that differ', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(canonicalJson(a) === canonicalJson(b)).toBe(deepEqual(normal(a), normal(b)));
      }),
    );
  });
});

/** -0 has no JSON text of its own. */
const normal = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('json helpers', () => {
  const object = { a: { b: ['x'], n: 3, t: 'text' } };
  it('read deep paths without guards', () => {
    expect(valueAt(object, 'a', 'b')).toEqual(['x']);
    expect(valueAt(object, 'a', 'toString')).toBeUndefined();
    expect(listAt(object, 'a', 'z')).toEqual([]);
    expect(textAt(object, 'a', 't')).toBe('text');
    expect(numberAt(object, ['a', 't'], 7)).toBe(7);
    expect(omit({ a: 1, b: 2 }, ['a'])).toEqual({ b: 2 });
  });
  it.each([
    [null, true],
    ['', true],
    [[], true],
    [{}, true],
    [0, false],
    [false, false],
    [['x'], false],
  ])('isEmpty(%j) = %s', (value, empty) => expect(isEmpty(value)).toBe(empty));
});

describe('quantities', () => {
  it.each([
    ['1', '1000m'],
    ['1Gi', '1073741824'],
    ['0.5', '500m'],
    ['.5', '0.50'],
    ['1.5Gi', '1536Mi'],
    ['1e3', '1k'],
    ['1E3', '1000'],
    ['1E', '1000000000000000000'],
    ['100n', '0.1u'],
    ['5.', '5'],
    ['-1', '-1000m'],
    ['+2', '2'],
    ['0.1n', '1n'],
    ['128Mi', '134217728'],
    ['0', '0Gi'],
  ])('%s equals %s', (a, b) => {
    expect(sameQuantity(a, b)).toBe(true);
    expect(sameQuantity(b, a)).toBe(true);
  });

  it.each([
    ['1', '1001m', -1],
    ['1Gi', '1G', 1],
    ['1m', '1M', -1],
    ['-1', '1', -1],
  ] as const)('%s against %s is %i', (a, b, order) => expect(compareQuantities(a, b)).toBe(order));

  it.each(['', '.', 'm', '1kk', '1 Gi', '1e', '1e999', 'Gi', '0x10', '1ki', '--1', '9'.repeat(41)])(
    'refuses %j',
    (text) => {
      expect(parseQuantity(text)).toBeNull();
      expect(compareQuantities(text, '1')).toBeNull();
      expect(sameQuantity(text, text)).toBe(false);
    },
  );

  it('takes numbers as YAML gives them', () => {
    expect(sameQuantity(0.5, '500m')).toBe(true);
    expect(sameQuantity(2, '2')).toBe(true);
    expect(sameQuantity(null, '2')).toBe(false);
  });

  it('agrees with integer arithmetic in milli and binary units', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), (n) => {
        expect(parseQuantity(`${n}m`)).toBe(n * 1_000_000n);
        expect(sameQuantity(`${n}Ki`, `${n * 1024n}`)).toBe(true);
      }),
    );
  });
});

const row = (uid: string, ...owners: string[]): OwnedRow => ({ uid, key: uid, owners });
const shape = (forest: OwnerNode<OwnedRow>[]): unknown => forest.map((node) => [node.row.uid, shape(node.children)]);

describe('buildOwnerTree', () => {
  it('hangs children below their owners, sorted by key', () => {
    const forest = buildOwnerTree([
      row('pod-b', 'rs'),
      row('rs', 'deploy'),
      row('deploy'),
      row('pod-a', 'rs'),
      row('svc'),
    ]);
    expect(shape(forest)).toEqual([
      [
        'deploy',
        [
          [
            'rs',
            [
              ['pod-a', []],
              ['pod-b', []],
            ],
          ],
        ],
      ],
      ['svc', []],
    ]);
    expect(descendantsOf(forest, 'deploy').map((found) => found.uid)).toEqual(['rs', 'pod-a', 'pod-b']);
    expect(descendantsOf(forest, 'absent')).toEqual([]);
  });
  it('takes the first owner that is known and treats an orphan as a root', () => {
    expect(shape(buildOwnerTree([row('a'), row('b'), row('c', 'gone', 'b', 'a'), row('d', 'gone')]))).toEqual([
      ['a', []],
      ['b', [['c', []]]],
      ['d', []],
    ]);
  });
  it('cuts circles', () => {
    expect(shape(buildOwnerTree([row('a', 'b'), row('b', 'a'), row('self', 'self')]))).toEqual([
      ['b', [['a', []]]],
      ['self', []],
    ]);
  });
  it('shows every row once, whatever the references', () => {
    const rows = fc.uniqueArray(
      fc.record({
        uid: fc.integer({ min: 0, max: 12 }).map(String),
        key: fc.string(),
        owners: fc.array(fc.integer({ min: 0, max: 14 }).map(String), { maxLength: 3 }),
      }),
      { selector: (r) => r.uid },
    );
    fc.assert(
      fc.property(rows, (all) => {
        const seen: string[] = [];
        const walk = (nodes: OwnerNode<OwnedRow>[]): void =>
          nodes.forEach((node) => (seen.push(node.row.uid), walk(node.children)));
        walk(buildOwnerTree(all));
        expect(seen.sort()).toEqual(all.map((r) => r.uid).sort());
      }),
    );
  });
});
