'use client';

import dynamic from 'next/dynamic';
import type { DialogProps } from './dialog-window.tsx';
import { orSentence } from './lazy.tsx';

const DialogWindow = dynamic(
  orSentence(
    async () => (await import('./dialog-window.tsx')).DialogWindow,
    'The dialog could not be loaded; reload the page to try again.',
  ),
  { ssr: false },
);

/** A window over the page. What draws it is loaded with the first that opens. */
export function Dialog(props: DialogProps) {
  return props.open ? <DialogWindow {...props} /> : null;
}
