import { parseObjectKey } from '../resource/manifest.ts';

/** A field that drifts again within this after it was put right goes on with its record. */
export const RELAPSE_MS = 30 * 60_000;
/** From so many on it is a loop, not chance. */
const FIGHT_HEALS = 3;

/** One field that is put right and changed again, over and over. */
export interface Fight {
  objectKey: string;
  path: string;
  manager: string | null;
  /** How often it was put right. */
  heals: number;
}

export const isFight = ({ heals }: Pick<Fight, 'heals'>): boolean => heals >= FIGHT_HEALS;

/** Who fights whom over what, of the worst one, as one sentence without a full stop; null when nobody fights. */
export function describeFights(fights: readonly Fight[]): string | null {
  const [worst] = fights.filter(isFight).toSorted((a, b) => b.heals - a.heals);
  if (worst === undefined) return null;
  const key = parseObjectKey(worst.objectKey);
  const field = worst.path === '' ? 'The object' : worst.path;
  const object = key === null ? worst.objectKey : `${key.kind} ${key.name}`;
  return `${field} of ${object} is fought over: ${worst.manager ?? 'somebody'} changes it again each time it is put right (${worst.heals} times)`;
}
