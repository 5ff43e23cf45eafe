import { streamMessage } from '#lib/contracts/stream.ts';

export interface Stream {
  /** Milliseconds from now until a message names the key; throws at the deadline. */
  next(key: string, timeoutMs: number): Promise<number>;
  /** Resolves when no message has named the key for so long. */
  quiet(key: string, forMs: number): Promise<void>;
  close(): void;
}

/** The event stream as a screen follows it. */
export async function openStream(url: string, cookie: string): Promise<Stream> {
  const abort = new AbortController();
  const response = await fetch(new URL('/api/v1/stream', url), { headers: { cookie }, signal: abort.signal });
  if (!response.ok || !response.body) throw new Error(`the stream answered ${response.status}`);
  const seen = new Map<string, number>();
  const waiting = new Map<string, () => void>();
  void follow(response.body, (key) => {
    seen.set(key, performance.now());
    waiting.get(key)?.();
  }).catch(() => undefined);
  const next = (key: string, timeoutMs: number) =>
    new Promise<number>((resolve, reject) => {
      const begun = performance.now();
      const late = setTimeout(() => reject(new Error(`the stream did not name ${key} in ${timeoutMs} ms`)), timeoutMs);
      waiting.set(key, () => {
        clearTimeout(late);
        waiting.delete(key);
        resolve(performance.now() - begun);
      });
    });
  return {
    next,
    async quiet(key, forMs) {
      const begun = performance.now();
      while (performance.now() - Math.max(begun, seen.get(key) ?? 0) < forMs) {
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
      }
    },
    close: () => abort.abort(),
  };
}

async function follow(body: ReadableStream<Uint8Array>, onKey: (key: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data === undefined) continue;
      const message = streamMessage.parse(JSON.parse(data));
      if (message.type === 'changes') message.keys.forEach(onKey);
    }
  }
}
