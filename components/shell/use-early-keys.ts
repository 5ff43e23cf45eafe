'use client';

import { useCallback, useEffect, useRef } from 'react';

/**
 * Keeps what is typed while the field it is meant for is still being loaded. The answer hands it over, once; keys go their
 * usual way from then on.
 */
export function useEarlyKeys(waiting: boolean): () => string {
  const typed = useRef('');
  const taken = useRef(false);
  useEffect(() => {
    if (!waiting) return undefined;
    const keep = (event: KeyboardEvent) => {
      if (taken.current || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Backspace') typed.current = typed.current.slice(0, -1);
      else if (event.key.length === 1) typed.current += event.key;
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', keep, { capture: true });
    return () => {
      typed.current = '';
      taken.current = false;
      window.removeEventListener('keydown', keep, { capture: true });
    };
  }, [waiting]);
  return useCallback(() => {
    const all = typed.current;
    typed.current = '';
    taken.current = true;
    return all;
  }, []);
}
