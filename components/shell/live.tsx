'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { followStream, type LiveState } from '#lib/client/live.ts';
import { clockTime } from '#lib/client/format.ts';
import { cn } from '#components/ui/class-names.ts';
import { useNow } from '#components/ui/time.tsx';
import { useMounted } from '#components/ui/use-mounted.ts';

const CONNECTING: LiveState = { kind: 'connecting' };
const LiveContext = createContext<LiveState>(CONNECTING);

/** Keeps everything on the page equal to the server while it is open. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>(CONNECTING);
  useEffect(() => followStream(queries, { onState: setState }), [queries]);
  return <LiveContext value={state}>{children}</LiveContext>;
}

/** Says whether what is shown is current. */
export function LiveIndicator() {
  const known = useContext(LiveContext);
  // The stream may open before this part of the page is hydrated: first it says what the server said.
  const state = useMounted() ? known : CONNECTING;
  const now = useNow();
  const age = state.kind === 'reconnecting' ? now - state.since : 0;
  const stale = age > 30_000;
  const words =
    state.kind === 'live'
      ? 'Live'
      : state.kind === 'connecting'
        ? 'Connecting'
        : stale
          ? `Stale since ${clockTime(state.since)} UTC`
          : 'Reconnecting';
  const look =
    state.kind === 'live' ? 'bg-ok ring-ok-soft' : stale ? 'bg-bad ring-bad-soft' : 'bg-amber ring-amber-soft';
  return (
    <span
      role="status"
      aria-label={`Updates: ${words}`}
      className="flex items-center gap-2 text-xs whitespace-nowrap text-mute"
    >
      <i aria-hidden className={cn('size-[7px] rounded-full ring-3', look)} />
      <span className="max-sm:sr-only">{words}</span>
    </span>
  );
}
