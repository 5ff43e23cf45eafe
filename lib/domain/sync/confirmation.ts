/** So many names are typed one by one; of more, their number. */
const MOST_NAMES = 3;

/**
 * What a person must type before a plan with these guards is carried out: every name that a guard asks for once, with
 * spaces between them, or `7 objects` where they are many. Null when nothing is to be typed.
 */
export function confirmationOf(guards: readonly { level: string; typedName: string | null }[]): string | null {
  const names = new Set(
    guards.flatMap(({ level, typedName }) => (level === 'confirm' && typedName ? [typedName] : [])),
  );
  if (names.size === 0) return null;
  return names.size > MOST_NAMES ? `${names.size} objects` : [...names].join(' ');
}
