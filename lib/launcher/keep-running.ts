import { setTimeout } from 'node:timers/promises';

/** Something of ours that runs until it is stopped, or ends by itself. */
export interface Part {
  /** Resolves with words when it ends by itself. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

export interface Kept<Running extends Part> extends Part {
  /** As it was when it first ran. */
  first: Running;
}

interface Rules {
  name: string;
  say: (line: string) => void;
  /** Ends within `windowMs` after which it is given up; default 5 in a minute. */
  limit?: number;
  windowMs?: number;
  /** Before the first restart; each further one within the window waits as long again. Default one second. */
  pauseMs?: number;
}

/**
 * Starts a part, and starts it again whenever it ends by itself. The first start's error is thrown; `ended` resolves when
 * it ended too often.
 */
export async function keepRunning<Running extends Part>(
  start: () => Promise<Running>,
  rules: Rules,
): Promise<Kept<Running>> {
  const { name, say, limit = 5, windowMs = 60_000, pauseMs = 1_000 } = rules;
  const first = await start();
  const stopping = new AbortController();
  let current: Promise<Part> = Promise.resolve(first);
  const watch = async (): Promise<string> => {
    const ends: number[] = [];
    for (;;) {
      const words = await current.then((part) => part.ended).catch(wordsOf);
      if (stopping.signal.aborted) return words;
      const now = performance.now();
      ends.push(now);
      const recent = ends.filter((at) => at > now - windowMs).length;
      if (recent > limit) return `${words}\n${name} ended ${recent} times within ${windowMs / 1_000} s.`;
      say(`${name} ended by itself and is started again: ${words.split('\n')[0] ?? ''}`);
      await setTimeout(pauseMs * recent, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return words;
      current = start();
    }
  };
  return {
    first,
    ended: watch(),
    async stop() {
      stopping.abort();
      await current.then(
        (part) => part.stop(),
        () => undefined,
      );
    },
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
