import { expect, it } from 'vitest';
import { confirmationOf } from './confirmation.ts';

const confirm = (typedName: string) => ({ level: 'confirm', typedName });

it.each([
  [[], null],
  [[{ level: 'warn', typedName: null }], null],
  [[{ level: 'block', typedName: 'web' }], null],
  [[confirm('data')], 'data'],
  [[confirm('data'), { level: 'warn', typedName: null }, confirm('logs')], 'data logs'],
  [[confirm('data'), confirm('data')], 'data'],
  [['a', 'b', 'c'].map(confirm), 'a b c'],
  [['a', 'b', 'c', 'd'].map(confirm), '4 objects'],
])('%j → %s', (guards, text) => {
  expect(confirmationOf(guards)).toBe(text);
});
