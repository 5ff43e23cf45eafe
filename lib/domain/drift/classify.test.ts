import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareObject } from '../diff/compare.ts';
import type { JsonObject, Manifest } from '../resource/manifest.ts';
import { classifyObject, type ClassifyInput } from './classify.ts';

const make = (spec: JsonObject): Manifest => ({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name: 'w' },
  spec,
});
type Sides = { target: JsonObject | null; deployed: JsonObject | null; live: JsonObject | null };

function input({ target, deployed, live }: Sides): ClassifyInput {
  const against = (side: JsonObject | null): ClassifyInput['targetVsLive'] =>
    side === null || live === null ? null : compareObject({ desired: make(side), live: make(live), schema: null });
  const manifest = (side: JsonObject | null): Manifest | null => (side === null ? null : make(side));
  return {
    target: manifest(target),
    deployed: manifest(deployed),
    live: manifest(live),
    targetVsLive: against(target),
    deployedVsLive: against(deployed),
  };
}

const v = (a: number, b = 0): JsonObject => ({ a, b });

describe('classifyObject', () => {
  it.each<[string, Sides, string, string[], string[], string]>([
    ['all the same', { target: v(1), deployed: v(1), live: v(1) }, 'Synced', [], [], 'none'],
    ['Git moved', { target: v(2), deployed: v(1), live: v(1) }, 'OutOfSync', ['spec.a 2/1'], [], 'none'],
    ['live moved', { target: v(1), deployed: v(1), live: v(3) }, 'OutOfSync', [], ['spec.a 1/3'], 'changed'],
    [
      'both moved, different fields',
      { target: v(2, 0), deployed: v(1, 0), live: v(1, 9) },
      'OutOfSync',
      ['spec.a 2/1'],
      ['spec.b 0/9'],
      'changed',
    ],
    [
      'both moved, the same field',
      { target: v(2), deployed: v(1), live: v(3) },
      'OutOfSync',
      ['spec.a 2/1'],
      ['spec.a 1/3'],
      'changed',
    ],
    ['live already is as Git wants', { target: v(2), deployed: v(1), live: v(2) }, 'Synced', [], [], 'none'],
    [
      'never deployed, absent',
      { target: v(1), deployed: null, live: null },
      'OutOfSync',
      [' present/undefined'],
      [],
      'none',
    ],
    [
      'never deployed, found there',
      { target: v(1), deployed: null, live: v(2) },
      'OutOfSync',
      ['spec.a 1/2'],
      [],
      'none',
    ],
    ['never deployed, equal', { target: v(1), deployed: null, live: v(1) }, 'Synced', [], [], 'none'],
    [
      'deleted by hand',
      { target: v(1), deployed: v(1), live: null },
      'OutOfSync',
      [],
      [' present/undefined'],
      'missing',
    ],
    [
      'deleted by hand while Git moved',
      { target: v(2), deployed: v(1), live: null },
      'OutOfSync',
      ['spec.a 2/1'],
      [' present/undefined'],
      'missing',
    ],
    ['removed in Git', { target: null, deployed: v(1), live: v(1) }, 'OutOfSync', [' undefined/present'], [], 'none'],
    [
      'removed in Git, edited by hand',
      { target: null, deployed: v(1), live: v(2) },
      'OutOfSync',
      [' undefined/present'],
      ['spec.a 1/2'],
      'changed',
    ],
    ['removed in Git and gone', { target: null, deployed: v(1), live: null }, 'Synced', [], [], 'none'],
    [
      'ours, but nowhere in Git',
      { target: null, deployed: null, live: v(1) },
      'OutOfSync',
      [],
      [' undefined/present'],
      'extra',
    ],
    [
      'a field of others is nothing',
      { target: v(1), deployed: v(1), live: { ...v(1), c: 5 } },
      'Synced',
      [],
      [],
      'none',
    ],
  ])('%s', (_name, sides, sync, pending, drift, kind) => {
    const show = (d: { path: string; desired?: unknown; live?: unknown }): string =>
      `${d.path} ${String(d.desired)}/${String(d.live)}`;
    const result = classifyObject(input(sides));
    expect([result.sync, result.pending.map(show), result.drift.map(show), result.kind]).toEqual([
      sync,
      pending,
      drift,
      kind,
    ]);
  });

  it('what our own unfinished sync set is no drift when Git moves on', () => {
    const given = input({ target: v(3, 1), deployed: v(1, 1), live: v(2, 9) });
    const { pending, drift, kind } = classifyObject({ ...given, isAsApplied: (path) => path === 'spec.a' });
    expect(pending).toEqual([{ path: 'spec.a', desired: 3, live: 1 }]);
    expect(drift).toEqual([{ path: 'spec.b', desired: 1, live: 9 }]);
    expect(kind).toBe('changed');
  });

  it('what an earlier sync left unpruned is a pending change', () => {
    const left = { ...input({ target: null, deployed: null, live: v(1) }), applied: true };
    expect(classifyObject(left)).toEqual({
      sync: 'OutOfSync',
      pending: [{ path: '', desired: undefined, live: 'present' }],
      drift: [],
      kind: 'none',
    });
  });

  it('a field only live has, owned by us, is an added one', () => {
    const base = input({ target: v(1), deployed: v(1), live: v(1) });
    const comparison = {
      verdict: 'different' as const,
      differences: [{ path: 'spec.c', desired: undefined, live: 1 }],
    };
    expect(classifyObject({ ...base, targetVsLive: comparison, deployedVsLive: comparison }).kind).toBe('added');
  });

  it('items named by more keys on one side are the same items', () => {
    const base = input({
      target: { ports: [{ containerPort: 1, n: 1 }] },
      deployed: { ports: [{ containerPort: 1, n: 2 }] },
      live: {},
    });
    const open = {
      verdict: 'different' as const,
      differences: [{ path: 'spec.ports[containerPort=1]', desired: 1, live: 2 }],
    };
    const result = classifyObject({
      ...base,
      live: make({}),
      targetVsLive: open,
      deployedVsLive: { verdict: 'equal' },
    });
    expect(result.pending.map(({ path }) => path)).toEqual(['spec.ports[containerPort=1,protocol=TCP].n']);
  });

  it('is OutOfSync exactly when an apply would change something, and never names a field of neither', () => {
    const side = fc.option(
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 2 }), { noNullPrototype: true }),
      { nil: null },
    );
    fc.assert(
      fc.property(side, side, side, (target, deployed, live) => {
        const given = input({ target, deployed, live });
        const result = classifyObject(given);
        const changes = target === null ? live !== null : live === null || given.targetVsLive?.verdict !== 'equal';
        expect(result.sync).toBe(changes ? 'OutOfSync' : 'Synced');
        if (deployed === null && result.kind !== 'extra') expect(result.drift).toEqual([]);
        expect(result.kind === 'none').toBe(result.drift.length === 0);
      }),
    );
  });
});
