import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestTag, checkTargetRevision, parseTargetRevision } from './target.ts';

describe('parseTargetRevision', () => {
  it.each([
    ['', 'head'],
    ['HEAD', 'head'],
    ['main', 'name'],
    ['release/1.2', 'name'],
    ['v1.2.0', 'name'],
    ['1.2.0', 'name'],
    ['x', 'range'],
    ['deadbeef', 'commit'],
    ['DEADBEEFDEADBEEFDEADBEEFDEADBEEFDEADBEEF', 'commit'],
    ['dead', 'name'],
    ['refs/heads/main', 'ref'],
    ['1.x', 'range'],
    ['^1.2', 'range'],
    ['~2.0.1', 'range'],
    ['>=1.2 <2', 'range'],
    ['*', 'range'],
    ['1.2.x || 2.x', 'range'],
    ['v2', 'name'],
    ['fix', 'name'],
  ])('%s is a %s', (text, kind) => expect(parseTargetRevision(text).kind).toBe(kind));
});

describe('checkTargetRevision', () => {
  it.each(['main', 'feature/x-1', 'v1.2.0', '^1.2', '>=1 <2', 'deadbeef', '', 'HEAD'])('takes %j', (text) =>
    expect(checkTargetRevision(text)).toBeNull(),
  );
  it.each([
    '--upload-pack=x',
    '-x',
    'a b',
    'a..b',
    'a~1',
    'a^{commit}',
    'main:path',
    'x.lock',
    'a//b',
    'a/',
    'a\nb',
    'a\\b',
    '@{1}',
    'x'.repeat(256),
  ])('refuses %j', (text) => expect(checkTargetRevision(text)).toMatch(/./));
  it('never lets an option through', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(checkTargetRevision(`-${text}`)).not.toBeNull();
      }),
    );
  });
});

describe('bestTag', () => {
  const tags = ['v1.0.0', 'v1.2.0', '1.10.0', 'v2.0.0-rc.1', 'nightly', 'v2.0.0'];
  it.each([
    ['1.x', '1.10.0'],
    ['^1.0 <1.5', 'v1.2.0'],
    ['*', 'v2.0.0'],
    ['>=2.0.0-rc.0 <2.0.0', 'v2.0.0-rc.1'],
    ['3.x', null],
  ])('%s → %s', (range, tag) => expect(bestTag(tags, range)).toBe(tag));
});
