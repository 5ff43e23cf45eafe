'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useState } from 'react';
import type { DriftView } from '#lib/contracts/drift.ts';
import { askPages, keepPrevious } from '#lib/client/ask.ts';
import { countWords } from '#lib/client/format.ts';
import { CULPRIT_LOOK } from '#components/health/states.ts';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/class-names.ts';
import { More } from '#components/ui/more.tsx';
import { Empty, Failure, Loading } from '#components/ui/states.tsx';
import { useNow } from '#components/ui/time.tsx';
import { TONE_TILE } from '#components/ui/tone.ts';
import { type Range, RANGE_NAMES, RANGES, ticksOf } from './axis.ts';
import { DriftGroupRow, LEDGER_GRID } from './drift-group-row.tsx';
import { DRIFT_STATES, driftQuery } from './queries.ts';

/** Identical drift is one row, however many applications have it. */
function groupsOf(items: readonly DriftView[]): [string, DriftView[]][] {
  return [...Map.groupBy(items, (drift) => `${drift.fingerprint} ${drift.closedAt === null}`)];
}

export function DriftLedger() {
  const [{ state, q, range }, setState] = useQueryStates({
    state: parseAsStringLiteral(DRIFT_STATES).withDefault('open'),
    q: parseAsString.withDefault(''),
    range: parseAsStringLiteral(RANGE_NAMES).withDefault('24h'),
  });
  const now = useNow();
  const [text, setText] = useState(q);
  const query = useInfiniteQuery({ ...askPages('listDrift', driftQuery({ state, q, range, now })), ...keepPrevious });
  const items = (query.data?.pages ?? []).flatMap((page) => page.items);
  const total = query.data?.pages[0]?.total;
  return (
    <div>
      <header className="flex flex-wrap items-center gap-2 py-3">
        <h1 className="text-xl font-semibold tracking-tight">Drift</h1>
        <span role="status" className="text-sm text-mute">
          {total !== undefined && `${countWords(total)} ${total === 1 ? 'field' : 'fields'}`}
        </span>
        <div role="group" aria-label="Which drift" className="flex gap-1 md:ml-3">
          {DRIFT_STATES.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={state === each}
              onClick={() => void setState({ state: each })}
              className={cn(
                'h-[26px] rounded-full border px-2.5 text-xs font-medium capitalize',
                state === each
                  ? 'border-accent bg-blue-soft text-accent'
                  : 'border-line-strong/70 text-mute hover:text-text',
              )}
            >
              {each}
            </button>
          ))}
        </div>
        <RangePicker range={range} onChange={(next) => void setState({ range: next })} />
        <form
          role="search"
          className="ml-auto max-sm:w-full"
          onSubmit={(event) => {
            event.preventDefault();
            void setState({ q: text.trim() === '' ? null : text.trim() });
          }}
        >
          <input
            type="search"
            aria-label="Search drift"
            placeholder="cluster:prod-* kind:Deployment"
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="h-[30px] w-full rounded-[7px] border border-control/60 bg-surface px-2.5 text-sm sm:w-72"
          />
        </form>
      </header>
      {query.error !== null && (
        <Failure
          title={items.length > 0 ? 'Shown as last read: drift cannot be read now' : 'Drift could not be read'}
          error={query.error}
          onRetry={() => void query.refetch()}
          className="mb-3"
        />
      )}
      {query.data === undefined ? (
        query.error === null && <Loading rows={8} label="Loading drift" />
      ) : items.length === 0 ? (
        <NothingFound
          state={state}
          q={q}
          range={range}
          onClear={() => {
            setText('');
            void setState({ q: null });
          }}
        />
      ) : (
        <>
          <div className="rounded-[10px] border border-line bg-surface">
            <Axis range={range} now={now} />
            <ul aria-label="Drift records">
              {groupsOf(items).map(([key, members]) => (
                <DriftGroupRow key={key} members={members} range={range} />
              ))}
            </ul>
          </div>
          <More query={query} />
        </>
      )}
    </div>
  );
}

interface NothingProps {
  state: (typeof DRIFT_STATES)[number];
  q: string;
  range: Range;
  onClear: () => void;
}

/** A search that finds nothing says nothing about the rest. */
function NothingFound({ state, q, range, onClear }: NothingProps) {
  if (q !== '') {
    return (
      <Empty title="No drift matches" actions={<Button onClick={onClear}>Clear the search</Button>}>
        Looked for <code>{q}</code> among {state === 'all' ? 'all' : state} drift of the last {RANGES[range].words}.
      </Empty>
    );
  }
  return (
    <Empty title={state === 'open' ? 'Nothing drifted' : `No such drift in the last ${RANGES[range].words}`}>
      {state === 'open' ? 'Every live object is as it was deployed.' : 'Drift that was put right stays here.'}
    </Empty>
  );
}

function RangePicker({ range, onChange }: { range: Range; onChange: (range: Range) => void }) {
  return (
    <div
      role="group"
      aria-label="Range of time"
      className="inline-flex rounded-[7px] border border-line-strong/70 bg-surface p-px md:ml-2"
    >
      {RANGE_NAMES.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={range === each}
          aria-label={`Last ${RANGES[each].words}`}
          onClick={() => onChange(each)}
          className={cn(
            'h-[26px] rounded-md px-2 text-xs',
            range === each ? 'bg-grey-soft font-semibold' : 'text-mute hover:text-text',
          )}
        >
          {each}
        </button>
      ))}
    </div>
  );
}

/** The axis of time over the bars, and whose colour is whose. */
function Axis({ range, now }: { range: Range; now: number }) {
  return (
    <div className={cn(LEDGER_GRID, 'items-end border-b border-line px-4 pt-2 pb-1 text-2xs text-mute')}>
      <p className="flex flex-wrap gap-x-3">
        {Object.values(CULPRIT_LOOK).map((look) => (
          <span key={look.word} className="flex items-center gap-1.5">
            <i aria-hidden className={cn('h-1.5 w-3 rounded-full', TONE_TILE[look.tone])} />
            {look.word}
          </span>
        ))}
      </p>
      <div aria-hidden className="relative h-4">
        {ticksOf(range, now).map((tick) => (
          <span
            key={tick.label}
            suppressHydrationWarning
            className={cn('absolute whitespace-nowrap', tick.at > 92 ? 'hidden' : '-translate-x-1/2')}
            style={{ left: `${Math.max(4, tick.at)}%` }}
          >
            {tick.label}
          </span>
        ))}
        <span className="absolute right-0">now</span>
      </div>
      <p className="text-right max-md:hidden">UTC</p>
    </div>
  );
}
