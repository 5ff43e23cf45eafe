import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Dispatcher, Pool } from 'undici';
import { metrics, outcomeOf, timed } from '#lib/observability/metrics.ts';
import { type CallOptions, type ClusterEndpoint, ClusterError } from '#lib/ports/cluster.ts';
import { openPool } from './dispatcher.ts';
import type { ServerAddress } from './endpoint.ts';
import { codeOf, isReset, isTlsCode, networkError, statusError } from './errors.ts';
import { type Identity, type IdentitySource, identitySource } from './identity.ts';
import type { Settings } from './options.ts';
import { ACCEPT } from './requests.ts';
import { abortedError, Slots } from './slots.ts';
import { probeTls } from './tls-probe.ts';

/** One request of the API. */
export interface Call {
  /** For messages, after "Cannot": `apply Deployment shop/web`. */
  what: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From `/api` or `/apis` on, encoded. */
  path: string;
  query?: Record<string, string | undefined>;
  accept?: string;
  contentType?: string;
  body?: string;
  /** Texts no message may quote, beside the credential. */
  secrets?: readonly string[];
  /** Doing it twice is as good as once: one reset connection is forgiven. */
  repeatable: boolean;
  options: CallOptions | undefined;
  /** Default of the deadline in milliseconds. */
  timeoutMs: number;
}

const MAX_RETRIES = 3;
/** Of an answer that is no success; the rest is not read. */
const MAX_ERROR_BODY = 64 * 1024;
/** Waiting for a slot is bounded apart from the call: that many times its own time. */
const WAIT_FACTOR = 4;

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });

/** Seconds or a date, as milliseconds from now; a second where the server does not say. */
function retryAfter(header: string | string[] | undefined): number {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return 1_000;
  const seconds = Number(text);
  const ms = Number.isNaN(seconds) ? Date.parse(text) - Date.now() : seconds * 1_000;
  return Number.isNaN(ms) ? 1_000 : Math.max(0, ms);
}

function queryText(query: Call['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** `what` begins with a verb of ours: read, list, watch, apply, dry-run, delete … */
const labelsOf = ({ what }: Call, error: unknown) => ({
  verb: /^[a-z-]{2,12}(?= )/.exec(what)?.[0] ?? 'other',
  outcome: outcomeOf(error),
});

type Exchange = Dispatcher.ResponseData;

/** A timer and the caller's signal in one; `race` answers at once when either ends, whatever the socket does. */
class Deadline {
  readonly signal: AbortSignal;
  readonly endsAt: number;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #outer: AbortSignal | undefined;
  readonly #onAbort: () => void;

  constructor(what: string, timeoutMs: number, outer: AbortSignal | undefined) {
    this.signal = this.#controller.signal;
    this.endsAt = Date.now() + timeoutMs;
    this.#outer = outer;
    this.#onAbort = () => this.#controller.abort(abortedError(what));
    const late = new ClusterError('timeout', `Cannot ${what}: no answer within ${timeoutMs / 1000} s`);
    this.#timer = setTimeout(() => this.#controller.abort(late), timeoutMs);
    if (outer?.aborted) this.#onAbort();
    outer?.addEventListener('abort', this.#onAbort, { once: true });
  }

  async race<T>(work: Promise<T>): Promise<T> {
    work.catch(() => undefined);
    if (this.signal.aborted) throw this.signal.reason;
    return new Promise<T>((resolve, reject) => {
      const onAbort = () => reject(this.reason());
      this.signal.addEventListener('abort', onAbort, { once: true });
      work.then(resolve, reject).finally(() => this.signal.removeEventListener('abort', onAbort));
    });
  }

  reason(): Error {
    return this.signal.reason instanceof Error ? this.signal.reason : new Error('aborted');
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#onAbort);
  }
}

/** The HTTP side of one cluster: one pool, slots, deadlines, caps, one identity. Throws ClusterError only. */
export class Transport {
  readonly settings: Settings;
  readonly #endpoint: ClusterEndpoint;
  readonly #address: ServerAddress;
  readonly #identities: IdentitySource;
  readonly #slots: Slots;
  #pool: { pool: Pool; key: string } | undefined;
  #closed = false;

  constructor(endpoint: ClusterEndpoint, address: ServerAddress, settings: Settings) {
    this.settings = settings;
    this.#endpoint = endpoint;
    this.#address = address;
    this.#identities = identitySource(endpoint, settings);
    this.#slots = new Slots(settings.maxConcurrent);
  }

  /** `name:port`, for messages. */
  get host(): string {
    return `${this.#address.host}:${this.#address.port}`;
  }

  /** What no message about this call may quote. */
  secrets(call: Pick<Call, 'secrets'>): string[] {
    return [...this.#identities.secrets(), ...(call.secrets ?? [])];
  }

  /** The JSON answer of a successful call. */
  json(call: Call): Promise<unknown> {
    return timed(
      () => this.#json(call),
      metrics().clusterRequests,
      (error) => labelsOf(call, error),
    );
  }

  async #json(call: Call): Promise<unknown> {
    const timeoutMs = call.options?.timeoutMs ?? call.timeoutMs;
    const release = await this.#slots.take(call.what, timeoutMs * WAIT_FACTOR, call.options?.signal);
    const deadline = new Deadline(call.what, timeoutMs, call.options?.signal);
    try {
      return await deadline.race(this.#answer(call, deadline));
    } catch (error) {
      throw await this.#explain(error, call, deadline);
    } finally {
      deadline.end();
      release();
    }
  }

  /** Starts a streaming call; the body flows until `signal` aborts. Takes no slot. */
  stream(call: Call, signal: AbortSignal): Promise<Readable> {
    return timed(
      () => this.#stream(call, signal),
      metrics().clusterRequests,
      (error) => labelsOf(call, error),
    );
  }

  async #stream(call: Call, signal: AbortSignal): Promise<Readable> {
    const deadline = new Deadline(call.what, call.timeoutMs, signal);
    const body = new AbortController();
    const exchange = this.#exchange(call, deadline, AbortSignal.any([signal, body.signal]));
    try {
      const answer = await deadline.race(exchange);
      if (answer.statusCode === 200) return answer.body;
      throw await deadline.race(this.#refusal(call, answer));
    } catch (error) {
      body.abort();
      throw await this.#explain(error, call, deadline);
    } finally {
      deadline.end();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const open = this.#pool;
    this.#pool = undefined;
    await open?.pool.destroy(new ClusterError('unreachable', 'The connection to this cluster was closed'));
  }

  async #answer(call: Call, deadline: Deadline): Promise<unknown> {
    const exchange = await this.#exchange(call, deadline, deadline.signal);
    const { statusCode, headers } = exchange;
    if (statusCode < 200 || statusCode >= 300) throw await this.#refusal(call, exchange);
    const text = await this.#read(call, exchange);
    try {
      return JSON.parse(text);
    } catch {
      const type = String(headers['content-type'] ?? 'no content type').slice(0, 80);
      throw new ClusterError(
        'server',
        `Cannot ${call.what}: the answer is not JSON (${type}); is this the address of a Kubernetes API server?`,
        { status: statusCode },
      );
    }
  }

  /** One exchange up to the headers; repeats what the rules allow to be repeated. */
  async #exchange(call: Call, deadline: Deadline, signal: AbortSignal): Promise<Exchange> {
    let refreshed = false;
    let resets = 0;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await this.#once(call, signal);
        const wait = answer.statusCode === 429 ? retryAfter(answer.headers['retry-after']) : undefined;
        if (wait !== undefined && attempt < MAX_RETRIES && Date.now() + wait < deadline.endsAt) {
          await answer.body.dump();
          await pause(wait, signal);
        } else if (answer.statusCode === 401 && !refreshed && this.#identities.forget()) {
          refreshed = true;
          await answer.body.dump();
        } else return answer;
      } catch (error) {
        resets += 1;
        if (!call.repeatable || resets > 1 || !isReset(error) || signal.aborted || this.#closed) throw error;
      }
    }
  }

  async #once(call: Call, signal: AbortSignal): Promise<Exchange> {
    const identity = await this.#identities.current();
    signal.throwIfAborted();
    return this.#open(identity).request({
      method: call.method,
      path: `${this.#address.basePath}${call.path}${queryText(call.query)}`,
      headers: {
        accept: call.accept ?? ACCEPT.json,
        'accept-encoding': call.method === 'GET' ? 'gzip' : 'identity',
        'user-agent': 'quarterdeck',
        ...(identity.token === undefined ? {} : { authorization: `Bearer ${identity.token}` }),
        ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
      },
      body: call.body ?? null,
      signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** The pool of this identity; another client certificate is another pool. */
  #open(identity: Identity): Pool {
    if (this.#closed) throw new ClusterError('unreachable', 'The connection to this cluster is closed');
    const key = JSON.stringify([identity.certificate, identity.key, identity.caData]);
    if (this.#pool?.key === key) return this.#pool.pool;
    const old = this.#pool;
    const pool = openPool(this.#endpoint, { address: this.#address, identity, settings: this.settings });
    this.#pool = { pool, key };
    old?.pool.close().catch(() => undefined);
    return pool;
  }

  async #refusal(call: Call, exchange: Exchange): Promise<ClusterError> {
    const body = await collect(exchange, MAX_ERROR_BODY).catch(() => '');
    return statusError({ what: call.what, status: exchange.statusCode, body: body ?? '', secrets: this.secrets(call) });
  }

  async #read(call: Call, exchange: Exchange): Promise<string> {
    const { maxBodyBytes } = this.settings;
    const text = await collect(exchange, maxBodyBytes);
    if (text !== undefined) return text;
    const size = `${Math.round(maxBodyBytes / 1024 / 1024)} MiB`;
    throw new ClusterError('server', `Cannot ${call.what}: the answer is larger than ${size} and was dropped`);
  }

  async #authority(): Promise<string | undefined> {
    try {
      return (await this.#identities.current()).caData;
    } catch {
      return undefined;
    }
  }

  /** The error as the port declares it; a certificate that is not trusted is looked at again to say why. */
  async #explain(error: unknown, call: Call, deadline: Deadline): Promise<ClusterError> {
    if (error instanceof ClusterError) return error;
    if (deadline.signal.aborted) {
      const reason = deadline.reason();
      if (reason instanceof ClusterError) return reason;
    }
    const plain = networkError(error, { what: call.what, host: this.host });
    const left = deadline.endsAt - Date.now();
    if (plain.reason !== 'tls' || !isTlsCode(codeOf(error)) || left < 50) return plain;
    const caData = await this.#authority();
    const finding = await probeTls(this.#endpoint, {
      address: this.#address,
      caData,
      settings: this.settings,
      timeoutMs: Math.min(left, 3_000),
    });
    return finding.ok ? plain : new ClusterError('tls', `Cannot ${call.what}: ${finding.message}`);
  }
}

/** The body as text, unpacked; undefined when it is larger than `limit` bytes. */
async function collect({ body, headers }: Exchange, limit: number): Promise<string | undefined> {
  const packed = headers['content-encoding'] === 'gzip';
  const source: Readable = packed ? body.pipe(createGunzip()) : body;
  if (packed) body.on('error', (error) => source.destroy(error));
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      body.destroy();
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}
