'use client';

import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

interface PartOptions {
  /** Stands in its place when it does not come (the network, a browser its library cannot take). */
  sentence?: string;
  /** Stands in its place until it comes. */
  loading?: ReactNode;
  /** Comes by itself when the page is quiet ({@link loadParts}), so that its first use need not wait. */
  soon?: boolean;
}

const coming = new Set<() => Promise<unknown>>();

/** Loads what was made with `soon`; what does not come now is asked for again when it is used. */
export function loadParts(): void {
  void Promise.allSettled([...coming].map((load) => load()));
}

/**
 * A part of the page that is loaded when it is first shown, in the browser alone. One that does not come leaves a sentence
 * in its place, not a broken page.
 */
export function part<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { sentence = '', loading = null, soon = false }: PartOptions = {},
): ComponentType<Props> {
  const Instead = () => sentence !== '' && <p className="px-3.5 py-2.5 text-sm text-mute">{sentence}</p>;
  let known: ComponentType<Props> | null = null;
  const come = async () => (known ??= await load());
  if (soon) coming.add(come);
  return function Late(props: Props) {
    // What is there already shows in the same frame; a suspended child would wait its turn.
    const [Part, setPart] = useState(() => known);
    useEffect(() => {
      let here = true;
      void come()
        .catch(() => Instead)
        .then((came) => here && setPart(() => came));
      return () => {
        here = false;
      };
    }, []);
    return Part === null ? loading : <Part {...props} />;
  };
}

/** Calls back when the page is loaded and has nothing to do, so that what is used first comes first. */
function whenQuiet(act: () => void): () => void {
  let cancel: () => void = () => undefined;
  const wait = () => {
    // Safari has no idle callbacks.
    if (typeof window.requestIdleCallback === 'function') {
      const handle = window.requestIdleCallback(act, { timeout: 2_000 });
      cancel = () => window.cancelIdleCallback(handle);
    } else {
      const handle = setTimeout(act, 200);
      cancel = () => clearTimeout(handle);
    }
  };
  if (document.readyState === 'complete') wait();
  else {
    window.addEventListener('load', wait, { once: true });
    cancel = () => window.removeEventListener('load', wait);
  }
  return () => cancel();
}

/** False until the page is loaded and quiet: for what is only looked at. */
export function useQuiet(): boolean {
  const [quiet, setQuiet] = useState(false);
  useEffect(() => whenQuiet(() => setQuiet(true)), []);
  return quiet;
}
