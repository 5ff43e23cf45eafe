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
    ['web-v1.2.3', 'name'],
    ['release-1.2', 'name'],
    ['release-1.x', 'name'],
    ['release/v2.x', 'name'],
    ['fix-x', 'name'],
    ['a b-^1.2', 'name'],
    ['-web-^1.2', 'name'],
  ])('%s is a %s', (text, kind) => expect(parseTargetRevision(text).kind).toBe(kind));
});

describe('a range over the tags of one part', () => {
  it.each([
    ['^1.2', '', '^1.2'],
    ['web-v^1.2', 'web-', '^1.2'],
    ['web-~1', 'web-', '~1'],
    ['my-web-v~2.0', 'my-web-', '~2.0'],
    ['apps/web@^3', 'apps/web@', '^3'],
    ['web_*', 'web_', '*'],
    ['web-v>=1.2 <2', 'web-', '>=1.2 <2'],
    ['web2-^1', 'web2-', '^1'],
  ])('%s', (text, prefix, range) => expect(parseTargetRevision(text)).toEqual({ kind: 'range', prefix, range }));
  it('takes back whatever prefix and range it is given', () => {
    const word = fc.stringMatching(/^[a-z]{2,6}$/);
    const version = fc.tuple(fc.nat(99), fc.nat(99)).map(([major, minor]) => `${major}.${minor}`);
    const separator = fc.constantFrom('-', '/', '_', '@');
    fc.assert(
      fc.property(word, separator, fc.constantFrom('', 'v'), fc.constantFrom('^', '~'), version, (...parts) => {
        const [name, mark, letter, operator, number] = parts;
        const written = `${name}${mark}${letter}${operator}${number}`;
        const range = { prefix: `${name}${mark}`, range: `${operator}${number}` };
        expect(parseTargetRevision(written)).toEqual({ kind: 'range', ...range });
        const tag = `${name}${mark}${letter}${number}.7`;
        expect(bestTag([tag, `other-${tag}`, `${number}.9`], range)).toBe(tag);
      }),
    );
  });
});

describe('checkTargetRevision', () => {
  it.each(['main', 'feature/x-1', 'v1.2.0', '^1.2', '>=1 <2', 'web-v^1.2', 'deadbeef', '', 'HEAD'])(
    'takes %j',
    (text) => expect(checkTargetRevision(text)).toBeNull(),
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
  ])('%s → %s', (range, tag) => expect(bestTag(tags, { prefix: '', range })).toBe(tag));

  const parts = ['web-v1.2.0', 'web-1.3.0', 'web-v2.0.0', 'api-v1.9.0', 'v1.8.0', 'old-web-v1.7.0', 'web-v1.4.0-rc.1'];
  it.each([
    ['web-', '^1.2', 'web-1.3.0'],
    ['web-', '*', 'web-v2.0.0'],
    ['web-', '1.4.0-rc.x || ^1.4.0-rc.0', 'web-v1.4.0-rc.1'],
    ['api-', '1.x', 'api-v1.9.0'],
    ['', '1.x', 'v1.8.0'],
    ['shop-', '1.x', null],
  ])('%s and %s → %s', (prefix, range, tag) => expect(bestTag(parts, { prefix, range })).toBe(tag));
});
