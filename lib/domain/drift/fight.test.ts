import { describe, expect, it } from 'vitest';
import { describeFights, type Fight, isFight } from './fight.ts';

const fight = (heals: number, change: Partial<Fight> = {}): Fight => ({
  objectKey: 'apps/Deployment/shop/web',
  path: 'spec.replicas',
  manager: 'keda-operator',
  heals,
  ...change,
});

describe('a loop of heal and drift', () => {
  it('begins with the third time a field was put right', () => {
    expect([0, 1, 2, 3, 9].map((heals) => isFight({ heals }))).toEqual([false, false, false, true, true]);
  });

  it.each<[Fight[], string | null]>([
    [[], null],
    [[fight(2)], null],
    [
      [fight(3), fight(5, { path: 'spec.paused' })],
      'spec.paused of Deployment web is fought over: keda-operator changes it again each time it is put right (5 times)',
    ],
    [
      [fight(4, { path: '', manager: null })],
      'The object of Deployment web is fought over: somebody changes it again each time it is put right (4 times)',
    ],
  ])('is told by its worst field: %o', (fights, words) => expect(describeFights(fights)).toBe(words));
});
