import { Agent, request } from 'undici';

/** Whom to talk to: an https origin, the PEM that signs it and a bearer token. */
export interface ApiTarget {
  server: string;
  caData: string;
  token: string;
}

export type Json = string | number | boolean | null | Json[] | JsonMap;
export interface JsonMap {
  [key: string]: Json;
}

/** One answer, nothing hidden. `json` is `{}` when the body is no JSON object. */
export interface ApiReply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  json: JsonMap;
}

export interface ApiCall {
  query?: Record<string, string | number | boolean | undefined>;
  /** A string is sent as it is, anything else as JSON. */
  body?: unknown;
  contentType?: string;
  accept?: string;
  /** Replaces the target's token; null sends none. */
  token?: string | null;
}

export interface WatchLine {
  type: string;
  object: JsonMap;
}

/** An open watch: every line so far, and a way to await the next matching one. */
export interface WatchStream {
  status: number;
  events: WatchLine[];
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>;
  /** The first event, past or future, that matches and was not returned before; throws after `timeoutMs`. */
  next(matches?: (event: WatchLine) => boolean, timeoutMs?: number): Promise<WatchLine>;
  close(): void;
}

const isMap = (value: unknown): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseMap(text: string): JsonMap {
  try {
    const value: unknown = JSON.parse(text);
    return isMap(value) ? value : {};
  } catch {
    return {};
  }
}

/** The JSON value at a dotted path (`metadata.labels.app`, `items.0.kind`); undefined when absent. */
export function at(value: Json | undefined, path: string): Json | undefined {
  let current: Json | undefined = value;
  for (const step of path.split('.')) {
    if (Array.isArray(current)) current = current[Number(step)];
    else if (isMap(current)) current = current[step];
    else return undefined;
  }
  return current;
}

/** Like {@link at}, as an array of objects; empty when absent. */
export function itemsAt(value: Json | undefined, path: string): JsonMap[] {
  const found = at(value, path);
  return Array.isArray(found) ? found.filter(isMap) : [];
}

/** Like {@link at}, as a string; empty when absent. */
export function textAt(value: Json | undefined, path: string): string {
  const found = at(value, path);
  return typeof found === 'string' ? found : '';
}

const PATCH_TYPES = {
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

/** A bare HTTPS client of one API server: no retries, no interpretation, so that tests see exact answers. */
export class ApiClient {
  readonly target: ApiTarget;
  readonly #agent: Agent;

  constructor(target: ApiTarget) {
    this.target = target;
    this.#agent = new Agent({ connect: { ca: target.caData }, bodyTimeout: 0, headersTimeout: 60_000 });
  }

  #url(path: string, query: ApiCall['query']): string {
    const url = new URL(path, this.target.server);
    for (const [key, value] of Object.entries(query ?? {})) {
      if (value !== undefined) url.searchParams.set(key, String(value));
    }
    return url.href;
  }

  #headers(call: ApiCall): Record<string, string> {
    const token = call.token === undefined ? this.target.token : call.token;
    return {
      accept: call.accept ?? 'application/json',
      'user-agent': 'quarterdeck-tests/1',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
    };
  }

  async send(method: string, path: string, call: ApiCall = {}): Promise<ApiReply> {
    const reply = await request(this.#url(path, call.query), {
      method,
      headers: this.#headers(call),
      dispatcher: this.#agent,
      ...(call.body === undefined
        ? {}
        : { body: typeof call.body === 'string' ? call.body : JSON.stringify(call.body) }),
    });
    const text = await reply.body.text();
    return { status: reply.statusCode, headers: reply.headers, text, json: parseMap(text) };
  }

  get(path: string, query?: ApiCall['query'], call: ApiCall = {}): Promise<ApiReply> {
    return this.send('GET', path, { ...call, ...(query ? { query } : {}) });
  }

  create(path: string, body: unknown, query?: ApiCall['query']): Promise<ApiReply> {
    return this.send('POST', path, { body, ...(query ? { query } : {}) });
  }

  replace(path: string, body: unknown, query?: ApiCall['query']): Promise<ApiReply> {
    return this.send('PUT', path, { body, ...(query ? { query } : {}) });
  }

  patch(
    path: string,
    patch: { type: keyof typeof PATCH_TYPES; body: unknown; query?: ApiCall['query'] },
  ): Promise<ApiReply> {
    return this.send('PATCH', path, {
      body: patch.body,
      contentType: PATCH_TYPES[patch.type],
      ...(patch.query ? { query: patch.query } : {}),
    });
  }

  /** Server-side apply by `fieldManager`. */
  apply(path: string, body: unknown, query: NonNullable<ApiCall['query']>): Promise<ApiReply> {
    return this.patch(path, { type: 'apply', body, query });
  }

  remove(path: string, query?: ApiCall['query'], body?: unknown): Promise<ApiReply> {
    return this.send('DELETE', path, { ...(query ? { query } : {}), ...(body === undefined ? {} : { body }) });
  }

  async watch(path: string, query: ApiCall['query'] = {}, call: ApiCall = {}): Promise<WatchStream> {
    const abort = new AbortController();
    const reply = await request(this.#url(path, { watch: true, ...query }), {
      method: 'GET',
      headers: this.#headers(call),
      dispatcher: this.#agent,
      signal: abort.signal,
    });
    return readWatch(reply.statusCode, reply.body, abort);
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

function readWatch(status: number, body: AsyncIterable<Buffer>, abort: AbortController): WatchStream {
  const events: WatchLine[] = [];
  const taken = new Set<WatchLine>();
  let wake: () => void = () => undefined;
  const ended = (async () => {
    let rest = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body) {
        const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines.map(parseMap)) {
          const object = line['object'];
          events.push({ type: textAt(line, 'type'), object: isMap(object) ? object : {} });
        }
        wake();
      }
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    }
  })();
  const next: WatchStream['next'] = async (matches = () => true, timeoutMs = 10_000) => {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = events.find((event) => !taken.has(event) && matches(event));
      if (found) {
        taken.add(found);
        return found;
      }
      const left = deadline - Date.now();
      if (left <= 0) {
        const seen = events.map((event) => `${event.type} ${textAt(event.object, 'metadata.name')}`).join(', ');
        throw new Error(`No matching watch event within ${timeoutMs} ms; seen: ${seen || 'none'}`);
      }
      await Promise.race([
        new Promise<void>((resolve) => {
          wake = resolve;
        }),
        new Promise<void>((resolve) => {
          setTimeout(resolve, Math.min(left, 250));
        }),
      ]);
    }
  };
  return { status, events, ended, next, close: () => abort.abort() };
}

/** Repeats `probe` until it answers something other than undefined or false; throws after `timeoutMs`. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}
