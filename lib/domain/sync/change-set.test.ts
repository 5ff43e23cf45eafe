import { describe, expect, it } from 'vitest';
import { foldOutcomes, type ObjectOutcome } from './change-set.ts';

const of = (key: string, result: ObjectOutcome['result'], message = ''): ObjectOutcome => ({ key, result, message });

describe('foldOutcomes', () => {
  it.each<[string, ObjectOutcome[], string, number, string]>([
    ['nothing', [], 'succeeded', 0, 'nothing to do'],
    [
      'all well',
      [of('a', 'created'), of('b', 'configured'), of('c', 'unchanged'), of('d', 'pruned')],
      'succeeded',
      3,
      '1 created, 1 configured, 1 pruned, 1 unchanged',
    ],
    ['not done', [of('a', 'created'), of('b', 'pending')], 'running', 1, '1 created, 1 pending'],
    [
      'one failed',
      [of('a', 'created'), of('b', 'failed', 'port is taken')],
      'failed',
      1,
      '1 created, 1 failed: b: port is taken',
    ],
    ['failed without words', [of('b', 'failed')], 'failed', 0, '1 failed: b'],
    [
      'failed, others still to come',
      [of('b', 'failed', 'no'), of('c', 'pending')],
      'running',
      0,
      '1 failed, 1 pending: b: no',
    ],
    ['the later result wins', [of('b', 'failed', 'no'), of('b', 'configured')], 'succeeded', 1, '1 configured'],
    ['skipped is no failure', [of('b', 'skipped', 'prune is off')], 'succeeded', 0, '1 skipped'],
  ])('%s', (_name, results, outcome, changed, summary) => {
    expect(foldOutcomes(results)).toMatchObject({ outcome, changed, summary });
  });

  it('counts every object once', () => {
    const { counts } = foldOutcomes([of('a', 'pending'), of('a', 'created'), of('b', 'failed')]);
    expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(2);
  });
});
