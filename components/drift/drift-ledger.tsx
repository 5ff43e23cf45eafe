'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useState } from 'react';
import type { DriftView } from '#lib/contracts/applications.ts';
import { askPages, keepPrevious } from '#lib/client/ask.ts';
import { countWords } from '#lib/client/format.ts';
import { cn } from '#components/ui/class-names.ts';
import { More } from '#components/ui/more.tsx';
import { Empty, Failure, Loading } from '#components/ui/states.tsx';
import { DriftGroupRow } from './drift-group-row.tsx';
import { DRIFT_STATES, driftQuery } from './queries.ts';

/** Identical drift is one row, however many applications have it. */
function groupsOf(items: readonly DriftView[]): [string, DriftView[]][] {
  return [...Map.groupBy(items, (drift) => `${drift.fingerprint} ${drift.closedAt === null}`)];
}

export function DriftLedger() {
  const [{ state, q }, setState] = useQueryStates({
    state: parseAsStringLiteral(DRIFT_STATES).withDefault('open'),
    q: parseAsString.withDefault(''),
  });
  const [text, setText] = useState(q);
  const query = useInfiniteQuery({ ...askPages('listDrift', driftQuery({ state, q })), ...keepPrevious });
  const items = (query.data?.pages ?? []).flatMap((page) => page.items);
  const total = query.data?.pages[0]?.total;
  const from = Math.min(...items.map((each) => Date.parse(each.firstSeenAt)));
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
        <Empty title={state === 'open' ? 'Nothing drifted' : 'No such drift'}>
          {state === 'open' ? 'Every live object is as it was deployed.' : 'Drift that was put right stays here.'}
        </Empty>
      ) : (
        <>
          <ul aria-label="Drift records" className="rounded-[10px] border border-line bg-surface">
            {groupsOf(items).map(([key, members]) => (
              <DriftGroupRow key={key} members={members} from={from} />
            ))}
          </ul>
          <More query={query} />
        </>
      )}
    </div>
  );
}
