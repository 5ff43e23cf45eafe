export interface Suggestion {
  text: string;
  hint: string;
}

/** Words of the search grammar with the values that are known beforehand. */
const KEYS: Readonly<Record<string, { hint: string; values: readonly string[] }>> = {
  cluster: { hint: 'cluster name, * for any letters', values: [] },
  project: { hint: 'project name', values: [] },
  ns: { hint: 'namespace', values: [] },
  agent: { hint: 'what reconciles it', values: ['native', 'argocd', 'flux', 'jenkins-x'] },
  health: {
    hint: 'health status',
    values: ['degraded', 'progressing', 'missing', 'suspended', 'terminating', 'unknown', 'healthy'],
  },
  sync: { hint: 'sync status', values: ['outofsync', 'synced', 'syncing', 'unknown'] },
  drift: { hint: 'changed outside Git', values: ['yes', 'no'] },
  suspended: { hint: 'automatic sync stands still', values: ['yes', 'no'] },
  pinned: { hint: 'held at a past revision', values: ['yes', 'no'] },
  rev: { hint: 'revision', values: [] },
  label: { hint: 'label, such as team=payments', values: [] },
};

/** Start and text of the word in which the cursor stands. */
function wordAt(text: string, cursor: number): { start: number; word: string } {
  const start = text.lastIndexOf(' ', cursor - 1) + 1;
  return { start, word: text.slice(start, cursor) };
}

/** What the word at the cursor may become. `clusters` and `projects` are names that exist. */
export function suggest(
  text: string,
  cursor: number,
  names: { clusters: readonly string[]; projects: readonly string[] },
): Suggestion[] {
  const { word } = wordAt(text, cursor);
  const not = word.startsWith('!') ? '!' : '';
  const plain = word.slice(not.length).toLowerCase();
  const colon = plain.indexOf(':');
  if (colon < 0) {
    if (plain === '' && text.trim() !== '') return [];
    return Object.entries(KEYS)
      .filter(([key]) => key.startsWith(plain))
      .map(([key, { hint }]) => ({ text: `${not}${key}:`, hint }));
  }
  const key = plain.slice(0, colon);
  const known = KEYS[key];
  if (known === undefined) return [];
  const values = key === 'cluster' ? names.clusters : key === 'project' ? names.projects : known.values;
  const begun = plain.slice(colon + 1);
  return values
    .filter((value) => value.startsWith(begun) && value !== begun)
    .slice(0, 8)
    .map((value) => ({ text: `${not}${key}:${value}`, hint: '' }));
}

/** The text with the word at the cursor replaced; a finished word is followed by a space. */
export function complete(text: string, cursor: number, chosen: string): string {
  const { start } = wordAt(text, cursor);
  const end = chosen.endsWith(':') ? '' : ' ';
  return `${text.slice(0, start)}${chosen}${end}${text.slice(cursor).trimStart()}`;
}
