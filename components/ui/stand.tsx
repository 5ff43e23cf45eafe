'use client';

import { type Ref, useLayoutEffect } from 'react';

interface StandProps {
  /** What is already on the page and stands in for the trigger the library would render. */
  anchor: HTMLElement;
  ref?: Ref<HTMLElement> | undefined;
  'aria-describedby'?: string | undefined;
}

/**
 * The child of a library's trigger when the true trigger was on the page before the library was: hands it over, and
 * renders nothing.
 */
export function Stand({ anchor, ref, 'aria-describedby': description }: StandProps) {
  useLayoutEffect(() => {
    if (typeof ref === 'function') {
      const done = ref(anchor);
      return typeof done === 'function' ? done : () => void ref(null);
    }
    if (ref === null || ref === undefined) return undefined;
    ref.current = anchor;
    return () => {
      ref.current = null;
    };
  }, [anchor, ref]);
  useLayoutEffect(() => {
    if (description === undefined) return undefined;
    anchor.setAttribute('aria-describedby', description);
    return () => anchor.removeAttribute('aria-describedby');
  }, [anchor, description]);
  return null;
}
