import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { DOORS } from './doors.ts';

const PAGES = globSync('**/page.tsx', { cwd: import.meta.dirname });

it('there is a door for everything a page asks while it is rendered', () => {
  const asked = PAGES.flatMap((file) => {
    const text = readFileSync(path.join(import.meta.dirname, file), 'utf8');
    return [...text.matchAll(/\bask(?:Pages)?\('(\w+)'/g)].map(([, name = '']) => ({ file, name }));
  });
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter(({ name }) => !Object.hasOwn(DOORS, name))).toEqual([]);
});
