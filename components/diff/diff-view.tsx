'use client';

import { useMemo, useState } from 'react';
import { cn } from '#components/ui/class-names.ts';
import { type DiffLine, foldLines, type Hunk, linesOf, pairLines, unmaskWords } from './lines.ts';

interface DiffViewProps {
  before: string;
  after: string;
  /** What is compared, for screen readers: `Deployment web, from Git to live`. */
  label: string;
  mode: 'unified' | 'split';
  context?: number;
}

const ROW = { same: '', added: 'bg-add', removed: 'bg-del' } as const;
const SIGN = { same: ' ', added: '+', removed: '-' } as const;
const SPOKEN = { same: '', added: 'added: ', removed: 'removed: ' } as const;

/** A line diff with folded context. Hidden values show as changed or the same, never as text. */
export function DiffView({ before, after, label, mode, context = 3 }: DiffViewProps) {
  const hunks = useMemo(() => foldLines(linesOf(before, after), context), [before, after, context]);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  if (before === after)
    return <p className="px-3.5 py-2.5 text-sm text-mute">Nothing differs in the text that may be shown.</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div
      role="region"
      tabIndex={0}
      aria-label={`Difference of ${label}`}
      className="max-h-[70vh] overflow-auto -outline-offset-2"
    >
      <table className="w-full border-collapse font-mono text-xs leading-[1.65] [font-variant-ligatures:none]">
        <caption className="sr-only">{label}</caption>
        {hunks.map((hunk, index) =>
          hunk.fold && !opened.has(index) ? (
            <tbody key={index}>
              <tr>
                <td colSpan={mode === 'split' ? 4 : 3} className="p-0">
                  <button
                    type="button"
                    onClick={() => setOpened(new Set([...opened, index]))}
                    className="block w-full bg-raise px-3.5 py-0.5 text-left text-mute -outline-offset-2 hover:bg-hover"
                  >
                    … {hunk.lines.length} unchanged lines
                  </button>
                </td>
              </tr>
            </tbody>
          ) : (
            <HunkRows key={index} hunk={hunk} mode={mode} />
          ),
        )}
      </table>
    </div>
  );
}

function HunkRows({ hunk, mode }: { hunk: Hunk; mode: 'unified' | 'split' }) {
  if (mode === 'unified') {
    return (
      <tbody>
        {hunk.lines.map((line) => (
          <tr key={`${line.before ?? ''}/${line.after ?? ''}`} className={ROW[line.kind]}>
            <Number value={line.before} />
            <Number value={line.after} />
            <Text line={line} />
          </tr>
        ))}
      </tbody>
    );
  }
  return (
    <tbody>
      {pairLines(hunk.lines).map(({ left, right }, index) => (
        <tr key={index}>
          <Number value={left?.before ?? null} className={left === null ? 'bg-raise' : ROW[left.kind]} />
          <Text line={left} className="w-1/2 border-r border-line" />
          <Number value={right?.after ?? null} className={right === null ? 'bg-raise' : ROW[right.kind]} />
          <Text line={right} className="w-1/2" />
        </tr>
      ))}
    </tbody>
  );
}

function Number({ value, className }: { value: number | null; className?: string }) {
  return (
    <td
      className={cn('w-9 min-w-9 px-1.5 text-right align-top text-2xs leading-[1.8] text-mute select-none', className)}
    >
      {value}
    </td>
  );
}

function Text({ line, className }: { line: DiffLine | null; className?: string }) {
  if (line === null) return <td className={cn('bg-raise', className)}>{'\u00a0'}</td>;
  const { text, note } = unmaskWords(line);
  return (
    <td className={cn('px-2 align-top break-words whitespace-pre-wrap', ROW[line.kind], className)}>
      <span aria-hidden className="mr-2 text-mute select-none">
        {SIGN[line.kind]}
      </span>
      <span className="sr-only">{SPOKEN[line.kind]}</span>
      {text}
      {note !== null && <em className="ml-2 font-sans text-2xs text-mute not-italic">{note}</em>}
    </td>
  );
}
