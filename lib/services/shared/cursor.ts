import { z } from 'zod';
import { invalid } from '../errors.ts';

const values = z.array(z.union([z.string(), z.number()])).max(5);

/** Keyset values as an opaque text for URLs. */
export function encodeCursor(keys: (string | number)[] | null): string | null {
  return keys === null ? null : Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/** The reverse of {@link encodeCursor}; `expected` = how many values. Errors: invalid. */
export function decodeCursor(cursor: string | undefined, expected: number): (string | number)[] | null {
  if (cursor === undefined || cursor === '') return null;
  try {
    const parsed = values.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (parsed.length === expected) return parsed;
  } catch {
    // Falls through: whatever is wrong with it, the answer is the same.
  }
  throw invalid('cursor', 'is not one this list gave out; start from the first page');
}
