'use client';

import 'react-diff-view/style/index.css';
import { Fragment, useMemo } from 'react';
import {
  computeNewLineNumber,
  computeOldLineNumber,
  Decoration,
  Diff,
  Hunk,
  type HunkData,
  type HunkTokens,
  isDelete,
  isInsert,
  markEdits,
  type RenderToken,
  tokenize,
  useMinCollapsedLines,
  useSourceExpansion,
} from 'react-diff-view';
import { useMedia } from '#components/ui/use-media.ts';
import { differenceOf, hiddenNote, type TextDifference } from './hunks.ts';

interface DiffViewProps {
  before: string;
  after: string;
  /** What is compared, for screen readers: `Deployment web, from Git to live`. */
  label: string;
  mode: 'unified' | 'split';
  context?: number;
}

/** A fold of one or two lines hides nothing worth a click. */
const SMALLEST_FOLD = 3;

/** A line diff with folded context. Hidden values show as changed or the same, never as text. */
export function DiffView({ before, after, label, mode, context = 3 }: DiffViewProps) {
  const difference = useMemo(() => differenceOf(before, after, context), [before, after, context]);
  const narrow = useMedia('(max-width: 639px)');
  if (difference.hunks.length === 0)
    return <p className="px-3.5 py-2.5 text-sm text-mute">Nothing differs in the text that may be shown.</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div
      role="region"
      tabIndex={0}
      aria-label={`Difference of ${label}`}
      className="max-h-[70vh] overflow-auto -outline-offset-2"
    >
      <DiffTable
        difference={difference}
        label={label}
        mode={narrow ? 'unified' : mode}
        type={before === '' ? 'add' : after === '' ? 'delete' : 'modify'}
      />
    </div>
  );
}

interface TableProps {
  difference: TextDifference;
  label: string;
  mode: 'unified' | 'split';
  type: 'add' | 'delete' | 'modify';
}

function DiffTable({ difference, label, mode, type }: TableProps) {
  const { source, hidden } = difference;
  const [opened, open] = useSourceExpansion(difference.hunks, source);
  const hunks = useMinCollapsedLines(SMALLEST_FOLD, opened, source);
  const tokens = useMemo(() => tokensOf(hunks, hidden), [hunks, hidden]);
  return (
    <Diff
      diffType={type}
      viewType={mode}
      hunks={hunks}
      tokens={tokens}
      renderToken={renderToken}
      gutterClassName="diff-number"
    >
      {(shown) => [
        <caption key="caption" className="sr-only">
          {label}
        </caption>,
        ...shown.flatMap((hunk, index) => {
          const from = index === 0 ? 1 : endOf(shown[index - 1]);
          return [
            <Fold key={`fold ${from}`} from={from} to={hunk.oldStart} onOpen={open} />,
            <Hunk key={`hunk ${hunk.oldStart} ${hunk.newStart}`} hunk={hunk} />,
          ];
        }),
        <Fold key="rest" from={endOf(shown.at(-1))} to={type === 'add' ? 0 : source.length + 1} onOpen={open} />,
      ]}
    </Diff>
  );
}

/** The first line of the older text after a hunk. */
function endOf(hunk: HunkData | undefined): number {
  return hunk === undefined ? 1 : hunk.oldStart + hunk.oldLines;
}

function Fold({ from, to, onOpen }: { from: number; to: number; onOpen: (from: number, to: number) => void }) {
  const count = to - from;
  if (count < 1) return null;
  return (
    <Decoration>
      <button
        type="button"
        onClick={() => onOpen(from, to)}
        className="block w-full bg-raise px-3.5 py-0.5 text-left text-mute -outline-offset-2 hover:bg-hover hover:text-text"
      >
        … {count} unchanged {count === 1 ? 'line' : 'lines'}
      </button>
    </Decoration>
  );
}

/** Words marked inside changed lines; each line begins with its sign and ends with what is hidden in it. */
function tokensOf(hunks: HunkData[], hidden: TextDifference['hidden']): HunkTokens {
  const tokens = tokenize(hunks, { enhancers: [markEdits(hunks, { type: 'block' })] });
  for (const change of hunks.flatMap((hunk) => hunk.changes)) {
    const note = hiddenNote(change, hidden);
    const sides = [
      isInsert(change) ? undefined : tokens.old[computeOldLineNumber(change) - 1],
      isDelete(change) ? undefined : tokens.new[computeNewLineNumber(change) - 1],
    ];
    for (const line of sides) {
      line?.unshift({ type: change.type });
      if (note !== null) line?.push({ type: 'note', value: note });
    }
  }
  return tokens;
}

const SIGNS: Readonly<Record<string, { sign: string; spoken: string }>> = {
  insert: { sign: '+', spoken: 'added: ' },
  delete: { sign: '−', spoken: 'removed: ' },
  normal: { sign: '\u00a0', spoken: '' },
};

const renderToken: RenderToken = (token, renderDefault, index) => {
  const sign = SIGNS[token.type];
  if (sign !== undefined) {
    return (
      <Fragment key={index}>
        <span aria-hidden className="mr-2 text-mute select-none">
          {sign.sign}
        </span>
        {sign.spoken !== '' && <span className="sr-only">{sign.spoken}</span>}
      </Fragment>
    );
  }
  if (token.type === 'note') {
    return (
      <em key={index} className="ml-2 font-sans text-2xs text-mute not-italic select-none">
        {String(token['value'])}
      </em>
    );
  }
  return renderDefault(token, index);
};
