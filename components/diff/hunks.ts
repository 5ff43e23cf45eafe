import { structuredPatch } from 'diff';
import {
  type ChangeData,
  computeNewLineNumber,
  computeOldLineNumber,
  type HunkData,
  isDelete,
  isInsert,
} from 'react-diff-view';

/** Token of a hidden value: dots, and a keyed hash that only tells whether two are the same. */
const MASK = /••••••#[0-9a-f]{12}/g;

/** The text as it may be shown: hidden values are dots alone. */
export function shownText(text: string): string {
  return text.replace(MASK, '••••••');
}

export interface TextDifference {
  /** Changed lines with their context, as they may be shown. */
  hunks: HunkData[];
  /** Lines of the older text, as they may be shown: what a fold opens to. */
  source: string[];
  /** Line numbers (from 1) that held a hidden value. */
  hidden: { before: ReadonlySet<number>; after: ReadonlySet<number> };
}

function hiddenLines(text: string): Set<number> {
  const lines = text.split('\n');
  return new Set(lines.flatMap((line, index) => (line.search(MASK) < 0 ? [] : [index + 1])));
}

/** Line difference of two texts. Hidden values are compared by their hashes, which leave with the comparison. */
export function differenceOf(before: string, after: string, context: number): TextDifference {
  const patch = structuredPatch('', '', before, after, undefined, undefined, { context });
  return {
    hunks: patch.hunks.map((hunk) => {
      let old = hunk.oldStart;
      let now = hunk.newStart;
      const changes = hunk.lines.flatMap((line): ChangeData[] => {
        const content = shownText(line.slice(1));
        if (line.startsWith('+')) return [{ type: 'insert', isInsert: true, content, lineNumber: now++ }];
        if (line.startsWith('-')) return [{ type: 'delete', isDelete: true, content, lineNumber: old++ }];
        // What is left besides context is the remark on a missing last line feed.
        if (!line.startsWith(' ')) return [];
        return [{ type: 'normal', isNormal: true, content, oldLineNumber: old++, newLineNumber: now++ }];
      });
      const { oldStart, oldLines, newStart, newLines } = hunk;
      return { content: '', oldStart, oldLines, newStart, newLines, changes };
    }),
    source: shownText(before.endsWith('\n') ? before.slice(0, -1) : before).split('\n'),
    hidden: { before: hiddenLines(before), after: hiddenLines(after) },
  };
}

/** What to say about a hidden value in a line; null where nothing is hidden. */
export function hiddenNote(change: ChangeData, hidden: TextDifference['hidden']): string | null {
  if (isInsert(change)) return hidden.after.has(computeNewLineNumber(change)) ? 'changed, hidden' : null;
  const found = hidden.before.has(computeOldLineNumber(change));
  return found ? (isDelete(change) ? 'changed, hidden' : 'same, hidden') : null;
}
