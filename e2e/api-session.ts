import type { Role } from '#lib/domain/policy/roles.ts';
import { ADMIN } from './product.ts';

/** A cookie as a browser context takes it. */
interface BrowserCookie {
  name: string;
  value: string;
  url: string;
}

/** A person signed in over the API, as a script would be. */
export class ApiSession {
  readonly url: string;
  #cookie = '';

  constructor(url: string) {
    this.url = url;
  }

  /** Value of the cookie header, for what does not go through `call`. */
  get cookie(): string {
    return this.#cookie;
  }

  static async signIn(
    url: string,
    { email, password }: { email: string; password: string } = ADMIN,
  ): Promise<ApiSession> {
    const session = new ApiSession(url);
    await session.call('POST', '/api/v1/session', { email, password });
    return session;
  }

  /** Invites somebody new and joins as them; the session is theirs. */
  async invite(role: Role, name: string): Promise<ApiSession> {
    const email = `${name}@quarterdeck.test`;
    const { url } = await this.call<{ url: string }>('POST', '/api/v1/people/invitations', { email, role });
    const session = new ApiSession(this.url);
    const token = url.split('/').at(-1);
    await session.call('POST', '/api/v1/join', { token, name, email, password: 'only for this journey' });
    return session;
  }

  /** For a browser that goes on as the same person. */
  cookies(): BrowserCookie[] {
    return this.#cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: decodeURIComponent(pair.slice(at + 1)), url: this.url };
    });
  }

  /** Answers the parsed body; an answer that is not 2xx is thrown with its problem document. */
  async call<Answer = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answer> {
    const { status, json } = await this.raw(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(json)}`);
    // The caller names the contract's type; the server checked the answer against it.
    return json as Answer;
  }

  async raw(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }> {
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: {
        origin: this.url,
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(60_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
    if (cookies.length > 0) this.#cookie = cookies.join('; ');
    const text = await response.text();
    return { status: response.status, json: text === '' ? null : (JSON.parse(text) as unknown) };
  }
}

/** Asks until the answer is what is waited for; throws with the last answer at the deadline. Milliseconds taken are answered too. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer>,
  options: { holds: (answer: Answer) => boolean; timeoutMs?: number; everyMs?: number },
): Promise<{ answer: Answer; tookMs: number }> {
  const begun = performance.now();
  for (;;) {
    const answer = await ask();
    const tookMs = performance.now() - begun;
    if (options.holds(answer)) return { answer, tookMs };
    if (tookMs > (options.timeoutMs ?? 60_000))
      throw new Error(`${what} did not come about: ${JSON.stringify(answer).slice(0, 2_000)}`);
    await new Promise((resolve) => {
      setTimeout(resolve, options.everyMs ?? 100);
    });
  }
}
