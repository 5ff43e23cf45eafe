'use client';

import { CalendarCheck, CalendarClock, CalendarX } from 'lucide-react';
import { useMemo } from 'react';
import { momentWords } from '#lib/domain/sync/window-words.ts';
import { openingFrom, readClock } from '#lib/domain/sync/window-schedule.ts';
import type { SyncWindow } from '#lib/domain/sync/windows.ts';
import { Badge } from '#components/ui/badge.tsx';
import { useNow } from '#components/ui/time.tsx';

const MINUTE = 60_000;

/** The minute it is, so that schedules are not read again every few seconds. */
export function useMinute(): number {
  const now = useNow();
  return now - (now % MINUTE);
}

/** Whether a window is open now, and when that changes. */
export function WindowState({ window }: { window: SyncWindow }) {
  const now = useMinute();
  const opening = useMemo(() => {
    const clock = readClock(window);
    return clock === null ? null : openingFrom(clock, now);
  }, [window, now]);
  if (opening === null) return <Badge tone="amber">Cannot be read, so it closes</Badge>;
  const words = (at: number) => momentWords(at, { now, timeZone: window.timeZone });
  if (opening.from > now) {
    return (
      <Badge tone="grey" icon={CalendarClock}>
        Begins {words(opening.from)}
      </Badge>
    );
  }
  const until = opening.until === null ? 'without end' : `until ${words(opening.until)}`;
  return window.kind === 'deny' ? (
    <Badge tone="amber" icon={CalendarX}>
      Denies now, {until}
    </Badge>
  ) : (
    <Badge tone="ok" icon={CalendarCheck}>
      Allows now, {until}
    </Badge>
  );
}

/** `, 1 in force now`: how many of a project's windows are open. */
export function WindowsInForce({ windows }: { windows: readonly SyncWindow[] }) {
  const now = useMinute();
  const active = useMemo(
    () =>
      windows.filter((window) => {
        const clock = readClock(window);
        const opening = clock === null ? null : openingFrom(clock, now);
        return opening !== null && opening.from <= now;
      }).length,
    [windows, now],
  );
  return active > 0 && <span className="text-mute">, {active} in force now</span>;
}
