import { z } from 'zod';
import { invalid } from '../errors.ts';

/** What a keyset value must be, so that a made-up cursor is refused here and not by the database. */
const KEYS = {
  time: z.iso.datetime(),
  id: z.uuid(),
  text: z.string(),
  number: z.union([z.number(), z.string().regex(/^-?\d{1,15}$/)]),
} as const;

export type KeyKind = keyof typeof KEYS;

/** Keyset values as an opaque text for URLs. */
export function encodeCursor(keys: (string | number)[] | null): string | null {
  return keys === null ? null : Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/** The reverse of {@link encodeCursor}; `expected` = what each value is. Errors: invalid. */
export function decodeCursor(cursor: string | undefined, expected: readonly KeyKind[]): (string | number)[] | null {
  if (cursor === undefined || cursor === '') return null;
  try {
    const parsed = z.array(z.unknown()).parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (parsed.length === expected.length) return expected.map((kind, index) => KEYS[kind].parse(parsed[index]));
  } catch {
    // Falls through: whatever is wrong with it, the answer is the same.
  }
  throw invalid('cursor', 'is not one this list gave out; start from the first page');
}

/** The cursor of a list by time, newest or oldest first, ids telling equal times apart. Errors: invalid. */
export function decodeTimeCursor(cursor: string | undefined): { at: Date; id: string } | null {
  const [at, id] = decodeCursor(cursor, ['time', 'id']) ?? [];
  return at === undefined ? null : { at: new Date(at), id: String(id) };
}
