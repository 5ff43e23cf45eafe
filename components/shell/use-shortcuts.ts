'use client';

import { useEffect, useRef } from 'react';

export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

const CHORD_MS = 1_000;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [role=menu]') !== null)
  );
}

/** `Shift+R`, `g f`, `?`, `]`: how shortcuts are named. */
function nameOf(event: KeyboardEvent): string {
  return event.shiftKey && /^[A-Z]$/.test(event.key) ? `Shift+${event.key}` : event.key;
}

/**
 * Keys that work while the caller is on the page: never inside inputs, never behind a dialog, never with Ctrl, Alt or Cmd.
 * A chord is two keys with a space (`g f`) within a second.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    let first: { key: string; at: number } | undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
      const key = nameOf(event);
      const chord =
        first !== undefined && Date.now() - first.at < CHORD_MS ? latest.current[`${first.key} ${key}`] : undefined;
      // Two keys that mean nothing together: the second may still begin a chord.
      first = chord === undefined ? { key, at: Date.now() } : undefined;
      const run = chord ?? latest.current[key];
      if (run === undefined) return;
      // A link or button in focus keeps its own Enter.
      if (key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('a, button, summary') !== null)
        return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
