'use client';

import { useSyncExternalStore } from 'react';
import { relativeTime, utcTime } from '#lib/client/format.ts';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 5_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, shared by everything on the page and moving every five seconds. */
export function useNow(): number {
  return useSyncExternalStore(
    subscribe,
    () => (now = Math.max(now, Date.now() - 5_000)),
    () => Math.floor(Date.now() / 5_000) * 5_000,
  );
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
