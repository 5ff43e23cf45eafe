import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DependencyState, findCycle, notReadyWords } from './dependencies.ts';

describe('findCycle', () => {
  it.each([
    ['nothing', {}, null],
    ['a chain', { a: ['b'], b: ['c'] }, null],
    ['a diamond', { a: ['b', 'c'], b: ['d'], c: ['d'] }, null],
    ['itself', { a: ['a'] }, ['a', 'a']],
    ['two', { a: ['b'], b: ['a'] }, ['a', 'b', 'a']],
    ['three', { a: ['b'], b: ['c'], c: ['a'] }, ['a', 'b', 'c', 'a']],
    ['behind a side way', { a: ['x', 'b'], x: ['y'], b: ['a'] }, ['a', 'b', 'a']],
    ['one of others only', { a: ['b'], b: ['c'], c: ['b'] }, null],
  ])('%s', (_, edges, way) => {
    expect(findCycle(new Map(Object.entries(edges as Record<string, string[]>)), 'a')).toEqual(way);
  });

  it('finds a way of true steps exactly where one can come back', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const graphs = fc.dictionary(fc.constantFrom(...ids), fc.uniqueArray(fc.constantFrom(...ids)), { maxKeys: 6 });
    fc.assert(
      fc.property(graphs, (edges) => {
        const graph = new Map(Object.entries(edges));
        const way = findCycle(graph, 'a');
        expect(way !== null).toBe(comesBack(graph));
        if (way === null) return;
        expect([way[0], way.at(-1)]).toEqual(['a', 'a']);
        for (const [index, id] of way.slice(0, -1).entries()) expect(graph.get(id)).toContain(way[index + 1]);
      }),
    );
  });
});

/** The long way: everything that can be reached. */
function comesBack(graph: ReadonlyMap<string, readonly string[]>): boolean {
  const reached = new Set(graph.get('a') ?? []);
  for (const id of reached) for (const next of graph.get(id) ?? []) reached.add(next);
  return reached.has('a');
}

describe('notReadyWords', () => {
  const ready: DependencyState = { sync: 'Synced', health: 'Healthy', deployed: true, isStale: false };
  it.each<[Partial<DependencyState>, string | null]>([
    [{}, null],
    [{ health: 'Suspended' }, null],
    [{ deployed: false, sync: 'OutOfSync', health: 'Missing' }, 'was never synced'],
    [{ sync: 'Syncing' }, 'is being synced'],
    [{ sync: 'Syncing', isStale: true }, 'is being synced'],
    [{ isStale: true }, 'is being compared'],
    [{ sync: 'OutOfSync' }, 'is OutOfSync'],
    [{ sync: 'Unknown' }, 'could not be compared'],
    [{ health: 'Progressing' }, 'is Progressing'],
    [{ health: 'Degraded' }, 'is Degraded'],
    [{ health: 'Missing' }, 'is Missing'],
    [{ health: 'Terminating' }, 'is Terminating'],
    [{ health: 'Unknown' }, 'is Unknown'],
  ])('%j', (state, words) => {
    expect(notReadyWords({ ...ready, ...state })).toBe(words);
  });
});
