'use client';

import type { ComponentType } from 'react';

/**
 * Loads a part of the page later. One that does not come (the network, a browser its library cannot take) leaves a
 * sentence in its place, not a broken page.
 */
export function orSentence<Props>(
  load: () => Promise<ComponentType<Props>>,
  sentence: string,
): () => Promise<ComponentType<Props>> {
  const Instead = () => <p className="px-3.5 py-2.5 text-sm text-mute">{sentence}</p>;
  return async () => {
    try {
      return await load();
    } catch {
      return Instead;
    }
  };
}
