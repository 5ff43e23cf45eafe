'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { dayWords } from '#lib/client/format.ts';
import type { TimelineEntry } from '#lib/contracts/applications.ts';
import { cn } from '#components/ui/class-names.ts';
import { More } from '#components/ui/more.tsx';
import { Empty, Failure, Loading } from '#components/ui/states.tsx';
import { Time, useNow } from '#components/ui/time.tsx';
import { TONE_TEXT, TONE_TILE } from '#components/ui/tone.ts';
import { timelineQuery } from './queries.ts';

const WORDS: Readonly<Record<TimelineEntry['kind'], string>> = {
  commit: 'Commit',
  deployment: 'Deployment',
  drift: 'Drift',
  'drift-closed': 'Drift closed',
  pin: 'Pin',
  'pin-ended': 'Pin ended',
  health: 'Health',
  sync: 'Sync',
  error: 'Error',
  operation: 'Operation',
  audit: 'Action',
};

/** Commits, deployments, drift, pins and people's actions on one line of time. */
export function TimelineTab({ id }: { id: string }) {
  const query = useInfiniteQuery(timelineQuery(id));
  const now = useNow();
  if (query.data === undefined) {
    return query.error === null ? (
      <Loading rows={8} label="Loading the timeline" />
    ) : (
      <Failure error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const entries = query.data.pages.flatMap((page) => page.items);
  if (entries.length === 0)
    return <Empty title="Nothing happened yet">Commits, deployments, drift and actions appear here.</Empty>;
  const days = Map.groupBy(entries, (entry) => entry.at.slice(0, 10));
  return (
    <div>
      {[...days].map(([day, members]) => (
        <section key={day} aria-label={dayWords(day, now)} className="mb-4">
          <h2 className="mb-1 text-xs font-medium text-mute">{dayWords(day, now)}</h2>
          <ol className="relative ml-1.5 border-l border-line">
            {members.map((entry) => (
              <li key={entry.id} className="relative flex flex-wrap items-baseline gap-x-2.5 py-1.5 pl-5 text-sm">
                <i
                  aria-hidden
                  className={cn(
                    'absolute top-[11px] -left-[5.5px] size-2.5 rounded-full ring-3 ring-page',
                    TONE_TILE[entry.tone],
                  )}
                />
                <span className={cn('w-24 shrink-0 text-xs font-semibold', TONE_TEXT[entry.tone])}>
                  {WORDS[entry.kind]}
                </span>
                <span className="min-w-0 flex-1 basis-60 break-words">{entry.summary}</span>
                <span className="text-xs text-mute">
                  {entry.actorName !== null && `${entry.actorName} · `}
                  <Time at={entry.at} />
                </span>
              </li>
            ))}
          </ol>
        </section>
      ))}
      <More query={query} />
    </div>
  );
}
