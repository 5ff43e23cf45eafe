'use client';

import type { DialogProps } from './dialog-window.tsx';
import { part } from './lazy.tsx';

const DialogWindow = part(async () => (await import('./dialog-window.tsx')).DialogWindow, {
  sentence: 'The dialog could not be loaded; reload the page to try again.',
  soon: true,
});

/** A window over the page. What draws it is loaded with the first that opens. */
export function Dialog(props: DialogProps) {
  return props.open ? <DialogWindow {...props} /> : null;
}
