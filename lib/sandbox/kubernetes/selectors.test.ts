import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldMatcher, labelMatcher, matchesSelector } from './selectors.ts';
import { ApiError } from './status.ts';

const object = (labels: Record<string, string>) => ({ metadata: { name: 'a', namespace: 'n', labels } });
const labels = fc.dictionary(fc.constantFrom('a', 'b', 'x.example/c'), fc.constantFrom('', '1', '2'));
const key = fc.constantFrom('a', 'b', 'x.example/c');
const value = fc.constantFrom('1', '2');

test('each operator and its opposite divide the objects', () => {
  fc.assert(
    fc.property(labels, key, value, (found, name, wanted) => {
      const is = (text: string): boolean => labelMatcher(text)(object(found));
      expect(is(`${name}=${wanted}`)).toBe(!is(`${name}!=${wanted}`));
      expect(is(`${name} in (${wanted},9)`)).toBe(!is(`${name} notin (${wanted},9)`));
      expect(is(name)).toBe(!is(`!${name}`));
      expect(is(`${name}=${wanted},${name}`)).toBe(is(`${name}=${wanted}`));
    }),
  );
});

test('a selector of a spec says the same as the text', () => {
  fc.assert(
    fc.property(labels, key, value, (found, name, wanted) => {
      const spec = {
        matchLabels: { [name]: wanted },
        matchExpressions: [{ key: 'b', operator: 'NotIn', values: ['2'] }],
      };
      expect(matchesSelector(spec, found)).toBe(labelMatcher(`${name}=${wanted},b notin (2)`)(object(found)));
    }),
  );
});

test.each(['a in (', 'a=b=c', '=x', 'a=_', 'a>x', '-a'])('cannot be read: %s', (text) => {
  expect(() => labelMatcher(text)).toThrow(ApiError);
});

test.each([
  ['metadata.name=a', true],
  ['metadata.name!=a', false],
  ['metadata.name=a,metadata.namespace=n', true],
  ['metadata.name=a,metadata.namespace=m', false],
])('field selector %s', (text, expected) => {
  expect(fieldMatcher(text, { storage: '/configmaps' })(object({}))).toBe(expected);
});

test('a field nobody selects by is refused', () => {
  expect(() => fieldMatcher('data.a=1', { storage: '/configmaps' })).toThrow('is not a known field selector');
});
