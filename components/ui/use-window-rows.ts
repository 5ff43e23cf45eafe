'use client';

import { type RefObject, useCallback, useSyncExternalStore } from 'react';

/** Rows the server paints before the browser measures. */
const FIRST_ROWS = 40;
const OVERSCAN = 12;

interface Rows {
  /** What holds the rows and is as high as all of them. */
  body: RefObject<HTMLElement | null>;
  count: number;
  /** Of each row, in pixels. */
  height: number;
}

function follow(listener: () => void): () => void {
  window.addEventListener('scroll', listener, { passive: true });
  window.addEventListener('resize', listener);
  return () => {
    window.removeEventListener('scroll', listener);
    window.removeEventListener('resize', listener);
  };
}

/** Which rows of one height are in the window, and some around them: the first, and the first that no longer is. */
export function useWindowRows({ body, count, height }: Rows): { from: number; to: number } {
  // A number, so that nothing is painted again while the same rows are in view: only the first changes by itself.
  const first = useSyncExternalStore(
    follow,
    useCallback(() => Math.floor(-(body.current?.getBoundingClientRect().top ?? 0) / height), [body, height]),
    () => 0,
  );
  const high = useSyncExternalStore(follow, windowHeight, () => FIRST_ROWS * height);
  const from = Math.max(0, first - OVERSCAN);
  const to = Math.max(0, first + Math.ceil(high / height) + OVERSCAN);
  return { from: Math.min(from, count), to: Math.min(to, count) };
}

const windowHeight = () => window.innerHeight;

/** Scrolls as little as needed to bring a row clear of what sticks to the top of the window (pixels). */
export function showRow({ body, height, index, clear }: Omit<Rows, 'count'> & { index: number; clear: number }): void {
  const top = (body.current?.getBoundingClientRect().top ?? 0) + index * height;
  const by = top < clear ? top - clear : Math.max(0, top + height - window.innerHeight);
  if (by !== 0) window.scrollBy({ top: by });
}
