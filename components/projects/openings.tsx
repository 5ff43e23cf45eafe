'use client';

import { useMemo } from 'react';
import { openingWords } from '#lib/domain/sync/window-words.ts';
import { nextOpenings, readClock } from '#lib/domain/sync/window-schedule.ts';
import type { SyncWindow } from '#lib/domain/sync/windows.ts';
import { useMinute } from './window-state.tsx';

const SHOWN = 5;

/** When a window is open next, as it stands in the form. */
export function Openings({ window }: { window: SyncWindow }) {
  const now = useMinute();
  const { schedule, duration, timeZone } = window;
  const openings = useMemo(() => {
    const clock = readClock({ schedule, duration, timeZone });
    return clock === null ? null : nextOpenings(clock, now, SHOWN);
  }, [schedule, duration, timeZone, now]);
  return (
    <section aria-label="Next openings" className="rounded-lg bg-raise px-3 py-2 text-sm">
      <h3 className="text-xs font-medium text-mute">
        Open next{openings === null ? '' : `, on the clock of ${timeZone}`}
      </h3>
      {openings === null ? (
        <p className="mt-1 text-mute">Shown when schedule, duration and time zone can be read.</p>
      ) : (
        <ol className="mt-1 space-y-0.5 tabular-nums">
          {openings.map((opening) => (
            <li key={opening.from}>
              {openingWords(opening, timeZone)}
              {opening.from <= now && <span className="text-mute">, open now</span>}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
