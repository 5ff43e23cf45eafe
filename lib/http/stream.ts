import { streamMessage, type StreamMessage } from '#lib/contracts/stream.ts';
import { logger } from '#lib/observability/logger.ts';
import { metrics } from '#lib/observability/metrics.ts';
import { changeMessage, isForScreens } from '#lib/services/changes/message.ts';
import { type WebContext, type WebHouse, webContext } from '#lib/wiring.ts';
import { readSession } from './auth.ts';

const BATCH_MS = 100;
const HEARTBEAT_MS = 15_000;
const RECHECK_MS = 30_000;
/** Messages a slow reader may be behind before it is cut off; it then connects again and reads afresh. */
const BACKLOG = 256;

type Key = Parameters<typeof isForScreens>[0];
interface Screen {
  send(text: string): void;
  /** Somebody was shut out or signed out: is this one still allowed? */
  recheck(): void;
}

/** Collects what changed and tells all screens of this process at once: one query per batch, however many screens. */
class Broadcaster {
  readonly #house: WebHouse;
  readonly #screens = new Set<Screen>();
  #pending = new Set<Key>();
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  constructor(house: WebHouse) {
    this.#house = house;
    house.hub.subscribe({
      onKeys: (keys) => this.#collect(keys.filter(isForScreens)),
      onReset: () => this.#send({ type: 'reset' }),
    });
  }

  add(screen: Screen): () => void {
    this.#screens.add(screen);
    const { streamClients } = metrics();
    streamClients.set(this.#screens.size);
    return () => {
      this.#screens.delete(screen);
      streamClients.set(this.#screens.size);
    };
  }

  #collect(keys: Key[]): void {
    if (keys.includes('people')) this.#screens.forEach((screen) => screen.recheck());
    if (this.#screens.size === 0) return;
    keys.forEach((key) => this.#pending.add(key));
    if (this.#pending.size === 0 || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.#flush(), BATCH_MS);
  }

  async #flush(): Promise<void> {
    this.#timer = undefined;
    const keys = [...this.#pending];
    this.#pending = new Set();
    try {
      this.#send(await changeMessage(this.#house.database, keys));
    } catch (error) {
      logger('stream').warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'could not read what changed');
      this.#send({ type: 'reset' });
    }
  }

  #send(message: StreamMessage): void {
    this.#count += 1;
    const text = eventOf(message, this.#count);
    this.#screens.forEach((screen) => screen.send(text));
  }
}

function eventOf(message: StreamMessage, id: number): string {
  return `id: ${id}\ndata: ${JSON.stringify(streamMessage.parse(message))}\n\n`;
}

const broadcasters = new WeakMap<object, Broadcaster>();

async function broadcaster(): Promise<Broadcaster> {
  const house = await webContext();
  const known = broadcasters.get(house);
  if (known) return known;
  const made = new Broadcaster(house);
  broadcasters.set(house, made);
  return made;
}

/** Server-sent events for one screen, until it leaves, is too slow, or its session ends. */
export async function openStream(_ctx: WebContext, request: Request): Promise<Response> {
  const source = await broadcaster();
  let leave = () => {};
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        leave = attach({ source, controller, request });
      },
      // Closing what its reader gave up is an error.
      cancel: () => leave(),
    },
    { highWaterMark: BACKLOG },
  );
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // Nothing between here and the screen may hold events back.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}

function attach(parts: {
  source: Broadcaster;
  controller: ReadableStreamDefaultController<Uint8Array>;
  request: Request;
}): () => void {
  const { source, controller, request } = parts;
  const encoder = new TextEncoder();
  let open = true;
  const leave = () => {
    open = false;
    forget();
    clearInterval(heartbeat);
    clearInterval(check);
  };
  const end = () => {
    if (!open) return;
    leave();
    controller.close();
  };
  const send = (text: string) => {
    if (!open) return;
    if ((controller.desiredSize ?? 0) <= 0) end();
    else controller.enqueue(encoder.encode(text));
  };
  const recheck = () => {
    readSession(request.headers, { slide: false }).then(
      (session) => void (session ?? end()),
      () => undefined,
    );
  };
  const forget = source.add({ send, recheck });
  const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
  const check = setInterval(recheck, RECHECK_MS);
  request.signal.addEventListener('abort', end);
  send('retry: 1000\n\n');
  // A browser that connects again has missed what happened meanwhile.
  if (request.headers.has('last-event-id')) send(eventOf({ type: 'reset' }, 0));
  return leave;
}
