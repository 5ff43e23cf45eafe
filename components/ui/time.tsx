'use client';

import { useSyncExternalStore } from 'react';
import { relativeTime, utcTime } from '#lib/client/format.ts';

const STEP = 5_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, STEP);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * The time in steps. It must stand still between two: a page that is slow, or was hidden with its timers asleep, is
 * rendered again for every value that differs, and gives up when that has no end.
 */
export function steppedNow(): number {
  return Math.floor(Date.now() / STEP) * STEP;
}

/** The time, shared by everything on the page and moving every five seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, steppedNow, steppedNow);
}

/** Relative time; UTC and local time on hover. */
export function Time({ at, className }: { at: string; className?: string | undefined }) {
  const current = useNow();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- only writes the tooltip
    <time
      dateTime={at}
      suppressHydrationWarning
      className={className}
      // The local time is the browser's, which the server does not know.
      onMouseEnter={(event) => {
        event.currentTarget.title = `${utcTime(at)}\n${new Date(at).toLocaleString()} here`;
      }}
    >
      {relativeTime(at, current)}
    </time>
  );
}
