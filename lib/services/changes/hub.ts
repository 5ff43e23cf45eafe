import { type ChangeKey, listenForChanges } from '#lib/database/changes.ts';

export interface ChangeSubscriber {
  onKeys(keys: readonly ChangeKey[]): void;
  /** Something may have been missed. */
  onReset(): void;
}

/** One listener of a process, shared by all its screens and questions. */
export interface ChangeHub {
  /** Answers the function that ends it. */
  subscribe(subscriber: ChangeSubscriber): () => void;
  /** True when the key changed (or something may have been missed), false after `waitMs`. */
  waitFor(key: ChangeKey, waitMs: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Opens the one connection that listens; it reconnects by itself. */
export function openChangeHub(url: string, onDown: (error: Error) => void): ChangeHub {
  const subscribers = new Set<ChangeSubscriber>();
  const listener = listenForChanges(url, {
    onKeys: (keys) => subscribers.forEach((subscriber) => subscriber.onKeys(keys)),
    onReset: () => subscribers.forEach((subscriber) => subscriber.onReset()),
    onDown,
  });
  const subscribe = (subscriber: ChangeSubscriber) => {
    subscribers.add(subscriber);
    return () => void subscribers.delete(subscriber);
  };
  return {
    subscribe,
    waitFor(key, waitMs) {
      return new Promise((resolve) => {
        const end = (changed: boolean) => {
          clearTimeout(timer);
          unsubscribe();
          resolve(changed);
        };
        const unsubscribe = subscribe({
          onKeys: (keys) => void (keys.includes(key) && end(true)),
          onReset: () => end(true),
        });
        const timer = setTimeout(() => end(false), waitMs);
      });
    },
    close: () => listener.close(),
  };
}
