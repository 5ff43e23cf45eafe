'use client';

import { type PointerEvent, useRef, useState } from 'react';
import { usePreferences } from '#components/shell/preferences.tsx';

const [LEAST, MOST] = [40, 999];

type Widths = Readonly<Record<string, number>>;

function widthsOf(kept: readonly string[]): Widths {
  return Object.fromEntries(
    kept.map((width) => {
      const [id = '', pixels = '0'] = width.split('_');
      return [id, Number(pixels)];
    }),
  );
}

/** Widths (pixels) of the columns whose edge somebody dragged; kept when the hand lets go, not while it drags. */
export function useWidths() {
  const { preferences, prefer } = usePreferences();
  const [dragged, setDragged] = useState<Widths | null>(null);
  const hold = useRef<{ id: string; from: number; width: number } | null>(null);
  const kept = widthsOf(preferences.widths);
  const [dragging, setDragging] = useState<string | null>(null);
  const widthAt = (x: number) => {
    if (hold.current === null) return null;
    const { id, from, width } = hold.current;
    return { ...kept, [id]: Math.round(Math.min(MOST, Math.max(LEAST, width + x - from))) };
  };
  const end = (widths: Widths | null) => {
    if (widths !== null) prefer({ widths: Object.entries(widths).map(([id, width]) => `${id}_${width}`) });
    hold.current = null;
    setDragged(null);
    setDragging(null);
  };
  return {
    widths: dragged ?? kept,
    dragging,
    /** For the edge of a column's head, which stands in it. */
    edge: (id: string) => ({
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        hold.current = { id, from: event.clientX, width: event.currentTarget.parentElement?.offsetWidth ?? 0 };
        setDragging(id);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => setDragged(widthAt(event.clientX)),
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        if (hold.current !== null) end(widthAt(event.clientX));
      },
      onPointerCancel: () => end(null),
    }),
    reset: () => prefer({ widths: [] }),
  };
}
