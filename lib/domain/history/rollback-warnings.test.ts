import { describe, expect, test } from 'vitest';
import type { Manifest } from '../resource/manifest.ts';
import { fieldsThatStay, hooksNotUndone } from './rollback-warnings.ts';

const job = (name: string, hook: string | null, image = 'migrate:1'): Manifest => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, namespace: 'shop', annotations: hook === null ? {} : { 'quarterdeck.dev/hook': hook } },
  spec: { template: { spec: { containers: [{ name: 'run', image }] } } },
});

describe('hooks that a roll back does not undo', () => {
  test.each<[string, Manifest[], Manifest[], string | null]>([
    ['none', [], [], null],
    ['the same hook in both', [job('up', 'PreSync')], [job('up', 'PreSync')], null],
    ['a hook that came since', [job('up', 'PreSync')], [], 'Job up'],
    ['a hook of another image', [job('up', 'PostSync', 'migrate:2')], [job('up', 'PostSync')], 'Job up'],
    ['a hook that went since', [], [job('up', 'PreSync')], null],
    ['a Job that is no hook', [job('up', null)], [], null],
    ['a hook that only a deletion runs', [job('up', 'PreDelete')], [], null],
    ['a hook that is skipped', [job('up', 'Skip')], [], null],
  ])('%s', (_, deployed, goal, named) => {
    const words = hooksNotUndone(deployed, goal);
    if (named === null) expect(words).toBeNull();
    else expect(words).toContain(`such as a migration: ${named}.`);
  });

  test('are counted where they are many', () => {
    const many = Array.from({ length: 7 }, (_, index) => job(`up-${index}`, 'PreSync'));
    expect(hooksNotUndone(many, [])).toContain('Job up-4 and 2 more.');
  });
});

describe('fields that stay', () => {
  test('are named with their objects', () => {
    const paths = ['spec.selector.matchLabels.app', 'spec.selector.matchLabels.tier'];
    expect(fieldsThatStay([{ kind: 'Deployment', name: 'web', paths }])).toContain(
      'change spec.selector.matchLabels.app of Deployment web, spec.selector.matchLabels.tier of Deployment web.',
    );
  });
  test('are not spoken of where there are none', () => {
    expect(fieldsThatStay([])).toBeNull();
    expect(fieldsThatStay([{ kind: 'Deployment', name: 'web', paths: [] }])).toBeNull();
  });
});
