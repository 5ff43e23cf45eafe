'use client';

import type { ComponentType } from 'react';

/**
 * Loads a part of the page later. One that does not come (the network, a browser its library cannot take) leaves a
 * sentence in its place (or nothing: null), not a broken page.
 */
export function orSentence<Props>(
  load: () => Promise<ComponentType<Props>>,
  sentence: string | null,
): () => Promise<ComponentType<Props>> {
  const Instead = () => sentence !== null && <p className="px-3.5 py-2.5 text-sm text-mute">{sentence}</p>;
  return async () => {
    try {
      return await load();
    } catch {
      return Instead;
    }
  };
}
