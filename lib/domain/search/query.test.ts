import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatSearchQuery,
  likePattern,
  matchesPattern,
  parseSearchQuery,
  SEARCH_FIELDS,
  type SearchTerm,
} from './query.ts';

const term = (field: SearchTerm['field'], value: string, negated = false): SearchTerm => ({ field, value, negated });

describe('parseSearchQuery', () => {
  it.each([
    ['', []],
    ['   ', []],
    ['web', [term('text', 'web')]],
    ['web checkout', [term('text', 'web'), term('text', 'checkout')]],
    ['cluster:prod-*', [term('cluster', 'prod-*')]],
    ['!health:healthy', [term('health', 'healthy', true)]],
    ['HEALTH:Degraded', [term('health', 'Degraded')]],
    ['label:team=payments', [term('label', 'team=payments')]],
    ['drift:yes pinned:no', [term('drift', 'yes'), term('pinned', 'no')]],
    ['"two words"', [term('text', 'two words')]],
    ['!"two words"', [term('text', 'two words', true)]],
    ['registry:5000', [term('text', 'registry:5000')]],
    ['cluster:', []],
    ['"unclosed quote', [term('text', 'unclosed quote')]],
    ['!', [term('text', '!')]],
  ])('%j', (text, expected) => {
    expect(parseSearchQuery(text)).toEqual({ terms: expected, problems: [] });
  });

  it.each([
    ['drift:maybe', /yes or no/],
    ['label:=x', /key=value/],
    [Array.from({ length: 25 }, (_, index) => `w${index}`).join(' '), /more than 20/],
  ])('refuses %j', (text, problem) => {
    expect(parseSearchQuery(text).problems.join()).toMatch(problem);
  });

  it('never throws, and keeps what it formats', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => Array.isArray(parseSearchQuery(text).terms)));
    const value = fc.stringMatching(/^[a-z0-9*.-]{1,12}$/);
    const fields = SEARCH_FIELDS.filter(
      (field) => !['drift', 'pinned', 'suspended', 'stale', 'attention', 'label'].includes(field),
    );
    const terms = fc.array(
      fc.record({ field: fc.constantFrom(...fields, 'text' as const), value, negated: fc.boolean() }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(terms, (given) => {
        expect(parseSearchQuery(formatSearchQuery(given)).terms).toEqual(given);
      }),
    );
  });
});

describe('patterns', () => {
  it.each([
    ['prod', 'prod', true],
    ['prod', 'prod-1', false],
    ['prod*', 'prod-1', true],
    ['*eu*', 'prod-eu-1', true],
    ['*a*a', 'a', false],
    ['a*b*c', 'aXbYc', true],
    ['a*b*c', 'acb', false],
    ['*', '', true],
    ['PROD-*', 'prod-1', true],
  ])('%s against %s: %s', (pattern, text, expected) => {
    expect(matchesPattern(pattern, text)).toBe(expected);
  });

  it.each([
    ['50%', '50\\%'],
    ['a_b*', 'a\\_b%'],
    ['A\\', 'a\\\\'],
  ])('LIKE of %s', (pattern, expected) => {
    expect(likePattern(pattern)).toBe(expected);
  });
});
