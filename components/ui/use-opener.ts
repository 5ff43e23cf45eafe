'use client';

import { useCallback, useState } from 'react';

/** What was in use when the caller appeared: for a choice of a menu, the button of that menu. */
function openerNow(): Element | null {
  if (typeof document === 'undefined') return null;
  const active = document.activeElement;
  return active?.closest('[role=menu]') ? document.querySelector('[aria-haspopup=menu][aria-expanded=true]') : active;
}

/** Gives the focus back to what opened a window; for its `onCloseAutoFocus`. The library knows only triggers of its own. */
export function useOpener(): (event: Event) => void {
  const [opener] = useState(openerNow);
  return useCallback(
    (event: Event) => {
      event.preventDefault();
      if (opener instanceof HTMLElement) opener.focus();
    },
    [opener],
  );
}
