'use client';

import dynamic from 'next/dynamic';
import { useEffect, useSyncExternalStore } from 'react';
import { orSentence } from '#components/ui/lazy.tsx';
import { followToasts, shownToasts } from './toasts.ts';

const load = async () => (await import('./toast-window.tsx')).ToastWindow;
const ToastWindow = dynamic(orSentence(load, null), { ssr: false });

const PARTS: readonly (() => Promise<unknown>)[] = [
  load,
  () => import('#components/ui/dialog-window.tsx'),
  () => import('#components/ui/menu-window.tsx'),
  () => import('#components/ui/tip-window.tsx'),
];
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
    const timer = setTimeout(() => void Promise.allSettled(PARTS.map((part) => part())), QUIET_AFTER);
    return () => clearTimeout(timer);
  }, []);
  return some && <ToastWindow />;
}
