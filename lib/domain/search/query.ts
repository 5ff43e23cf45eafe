/** Fields of the search grammar; `text` is what stands without one. */
export const SEARCH_FIELDS = [
  'cluster',
  'project',
  'ns',
  'agent',
  'sync',
  'health',
  'drift',
  'pinned',
  'suspended',
  'stale',
  'kind',
  'rev',
  'label',
  'cause',
  'culprit',
  'manager',
  'attention',
] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number] | 'text';

/** One condition. `value` keeps its case and may hold `*`, which stands for any characters. */
export interface SearchTerm {
  field: SearchField;
  value: string;
  negated: boolean;
}

export interface SearchQuery {
  terms: SearchTerm[];
  /** What could not be understood, in words a person can act on. */
  problems: string[];
}

const YES_NO: ReadonlySet<string> = new Set(['drift', 'pinned', 'suspended', 'stale', 'attention']);
const MOST_TERMS = 20;

/**
 * Parses `free text cluster:prod-* !health:healthy label:team=payments "two words"`. Conditions are all required.
 * A word with a colon whose left side is no field is free text, so that `registry:5000` can be looked for.
 */
export function parseSearchQuery(text: string): SearchQuery {
  const problems: string[] = [];
  const terms: SearchTerm[] = [];
  for (const word of splitWords(text)) {
    if (terms.length >= MOST_TERMS) {
      problems.push(`more than ${MOST_TERMS} conditions`);
      break;
    }
    const term = parseWord(word);
    if (term === null) continue;
    if (YES_NO.has(term.field) && !/^(yes|no)$/i.test(term.value)) {
      problems.push(`${term.field}: is followed by yes or no, not "${term.value}"`);
      continue;
    }
    if (term.field === 'label' && !/^[^=]+(=.*)?$/.test(term.value)) {
      problems.push('label: is followed by key=value or by a key');
      continue;
    }
    terms.push(term);
  }
  return { terms, problems };
}

/** The text of a query; parses back to the same terms. */
export function formatSearchQuery(terms: readonly SearchTerm[]): string {
  return terms
    .map(({ field, value, negated }) => {
      const body = field === 'text' ? value : `${field}:${value}`;
      const quoted =
        /[\s"]/.test(body) || (field === 'text' && /^!|:/.test(value)) ? `"${body.replaceAll('"', '')}"` : body;
      return `${negated ? '!' : ''}${quoted}`;
    })
    .join(' ');
}

/** Whether a pattern with `*` matches a text, without regard to case; without `*` the texts must be equal. */
export function matchesPattern(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const lower = text.toLowerCase();
  if (parts.length === 1) return lower === parts[0];
  const [first = '', ...rest] = parts;
  const last = rest.pop() ?? '';
  if (!lower.startsWith(first) || !lower.endsWith(last) || lower.length < first.length + last.length) return false;
  let from = first.length;
  for (const part of rest) {
    const found = lower.indexOf(part, from);
    if (found < 0 || found + part.length > lower.length - last.length) return false;
    from = found + part.length;
  }
  return true;
}

/** The pattern as SQL's LIKE understands it, lower-case, with its own wildcards escaped by a backslash. */
export function likePattern(pattern: string): string {
  return pattern
    .toLowerCase()
    .replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)
    .replaceAll('*', '%');
}

interface Word {
  text: string;
  negated: boolean;
  quoted: boolean;
}

function splitWords(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/(!?)(?:"([^"]*)"?|(\S+))/g)) {
    const [, bang, quoted, plain] = match;
    words.push({ text: quoted ?? plain ?? '', negated: bang === '!', quoted: quoted !== undefined });
  }
  return words;
}

function parseWord({ text, negated, quoted }: Word): SearchTerm | null {
  const colon = text.indexOf(':');
  const name = colon > 0 ? text.slice(0, colon).toLowerCase() : '';
  const field = SEARCH_FIELDS.find((known) => known === name);
  const value = text
    .slice(colon + 1)
    .replaceAll(/^"|"$/g, '')
    .trim();
  if (field === undefined || (quoted && /\s/.test(text.slice(0, colon)))) {
    return text.trim() === '' ? null : { field: 'text', value: text.trim(), negated };
  }
  return value === '' ? null : { field, value, negated };
}
