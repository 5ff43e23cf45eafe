import { diffLines } from 'diff';

export type LineKind = 'same' | 'added' | 'removed';

export interface DiffLine {
  kind: LineKind;
  text: string;
  /** Line numbers from 1; null where the side has no such line. */
  before: number | null;
  after: number | null;
}

/** Consecutive lines; a `fold` hides unchanged ones. */
export interface Hunk {
  fold: boolean;
  lines: DiffLine[];
}

const MASK = /••••••#[0-9a-f]{12}/g;

/** Lines of two texts, side by side in one list. */
export function linesOf(before: string, after: string): DiffLine[] {
  let beforeLine = 0;
  let afterLine = 0;
  const lines: DiffLine[] = [];
  for (const part of diffLines(before, after)) {
    const texts = part.value.endsWith('\n') ? part.value.slice(0, -1).split('\n') : part.value.split('\n');
    for (const text of part.value === '' ? [] : texts) {
      const kind = part.added ? 'added' : part.removed ? 'removed' : 'same';
      lines.push({
        kind,
        text,
        before: kind === 'added' ? null : ++beforeLine,
        after: kind === 'removed' ? null : ++afterLine,
      });
    }
  }
  return lines;
}

/** Folds runs of unchanged lines, leaving `context` lines around each change. */
export function foldLines(lines: readonly DiffLine[], context: number): Hunk[] {
  const near = lines.map(() => false);
  lines.forEach((line, index) => {
    if (line.kind === 'same') return;
    for (let at = Math.max(0, index - context); at <= Math.min(lines.length - 1, index + context); at++)
      near[at] = true;
  });
  const hunks: Hunk[] = [];
  lines.forEach((line, index) => {
    const fold = near[index] !== true;
    const last = hunks.at(-1);
    if (last === undefined || last.fold !== fold) hunks.push({ fold, lines: [line] });
    else last.lines.push(line);
  });
  // A fold of one or two lines hides nothing worth a click.
  return hunks.map((hunk) => (hunk.fold && hunk.lines.length < 3 ? { ...hunk, fold: false } : hunk));
}

export interface Pair {
  left: DiffLine | null;
  right: DiffLine | null;
}

/** Removed lines beside the added ones that replace them. */
export function pairLines(lines: readonly DiffLine[]): Pair[] {
  const pairs: Pair[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = () => {
    for (let at = 0; at < Math.max(removed.length, added.length); at++) {
      pairs.push({ left: removed[at] ?? null, right: added[at] ?? null });
    }
    removed = [];
    added = [];
  };
  for (const line of lines) {
    if (line.kind === 'removed') removed.push(line);
    else if (line.kind === 'added') added.push(line);
    else {
      flush();
      pairs.push({ left: line, right: line });
    }
  }
  flush();
  return pairs;
}

/** The text without the token of a hidden value, and what to say about it. */
export function unmaskWords(line: DiffLine): { text: string; note: string | null } {
  if (!line.text.includes('••••••#')) return { text: line.text, note: null };
  return {
    text: line.text.replace(MASK, '••••••'),
    note: line.kind === 'same' ? 'same, hidden' : 'changed, hidden',
  };
}
