'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { loadParts, part } from '#components/ui/lazy.tsx';
import { followToasts, shownToasts } from './toasts.ts';

const ToastWindow = part(async () => (await import('./toast-window.tsx')).ToastWindow, { soon: true });

const QUIET_AFTER = 1_500;

/** Messages in the corner, once there is one. */
export function Toaster() {
  const some = useSyncExternalStore(
    followToasts,
    () => shownToasts().length > 0,
    () => false,
  );
  // What opens on a click comes when the page is quiet: there at once, and there when the server no longer is.
  useEffect(() => {
    const timer = setTimeout(loadParts, QUIET_AFTER);
    return () => clearTimeout(timer);
  }, []);
  return some && <ToastWindow />;
}
