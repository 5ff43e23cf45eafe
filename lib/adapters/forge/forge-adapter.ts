import { maskKnown } from '#lib/domain/diff/mask-text.ts';
import { listAt, textAt } from '#lib/domain/resource/json.ts';
import type { Forge } from '#lib/domain/revision/forge.ts';
import { ForgeError, type ForgePort } from '#lib/ports/forge.ts';
import type { RepositoryEndpoint } from '#lib/ports/source.ts';
import { DIALECTS, type ForgeCall, type ForgePlace } from './dialects.ts';

const TIMEOUT_MS = 20_000;
const MOST_BYTES = 2 * 1024 * 1024;
const MOST_WORDS = 500;

/** The APIs of forges, on the host a repository is cloned from. */
export function createForge(): ForgePort {
  return {
    async openPullRequest(endpoint, { forge, ...input }, signal) {
      const caller = callerOf(endpoint, forge, signal);
      const dialect = DIALECTS[forge];
      const before = dialect.found(await caller(dialect.find(caller.place, input)), input);
      if (before) return before;
      const opened = dialect.opened(await caller(dialect.open(caller.place, input)));
      if (opened) return opened;
      throw new ForgeError('server', `${caller.place.origin} answered something else than a pull request.`);
    },
  };
}

type Caller = ((call: ForgeCall) => Promise<unknown>) & { place: ForgePlace };

function callerOf(endpoint: RepositoryEndpoint, forge: Forge, signal: AbortSignal | undefined): Caller {
  const { credential } = endpoint;
  if (credential.kind !== 'https-token') {
    throw new ForgeError(
      'unauthenticated',
      'A pull request needs a token: give the repository an https address and a token that may open pull requests.',
    );
  }
  const place = placeOf(endpoint.url);
  const dialect = DIALECTS[forge];
  const authorization = dialect.authorization(credential);
  const sent = { accept: 'application/json', ...dialect.headers, authorization };
  const hide = (text: string) => maskKnown(text, [credential.token]).slice(0, MOST_WORDS);
  return Object.assign((call: ForgeCall) => ask({ call, place, headers: sent, hide, signal }), { place });
}

/** Throws ForgeError for what is no http address with an owner and a name. */
function placeOf(url: string): ForgePlace {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const path = (parsed?.pathname ?? '')
    .replace(/\.git$/, '')
    .split('/')
    .filter((part) => part !== '');
  if (!parsed || !/^https?:$/.test(parsed.protocol) || path.length < 2)
    throw new ForgeError(
      'refused',
      'Only a repository with an https address of the form host/owner/name has pull requests.',
    );
  return { origin: parsed.origin, path: path.map(decodeURIComponent) };
}

interface Question {
  call: ForgeCall;
  place: ForgePlace;
  headers: Record<string, string>;
  hide: (text: string) => string;
  signal: AbortSignal | undefined;
}

/** The answer as JSON; null for a 404 of a question. Redirects are not followed: the token would go along. */
async function ask({ call, place, headers, hide, signal }: Question): Promise<unknown> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(call.url, {
      method: call.method,
      redirect: 'error',
      headers: { ...headers, ...(call.body ? { 'content-type': 'application/json' } : {}) },
      ...(call.body ? { body: JSON.stringify(call.body) } : {}),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const answer = parse(await readBounded(response));
    if (response.ok) return answer;
    if (response.status === 404 && call.method === 'GET') return null;
    throw refusalOf(place, response.status, hide(wordsOf(answer)));
  } catch (error) {
    if (error instanceof ForgeError) throw error;
    signal?.throwIfAborted();
    if (timeout.aborted)
      throw new ForgeError('timeout', `${place.origin} did not answer within ${TIMEOUT_MS / 1_000} s.`);
    throw new ForgeError('unreachable', `${place.origin} cannot be reached: ${hide(causeOf(error))}.`);
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new ForgeError('server', 'The answer of the forge is larger than 2 MiB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** What each forge calls its words; '' for a page of HTML. */
function wordsOf(answer: unknown): string {
  const errors = listAt(answer, 'errors').map((one) => textAt(one, 'message') || (typeof one === 'string' ? one : ''));
  const message =
    textAt(answer, 'message') ||
    listAt(answer, 'message').filter(isText).join(', ') ||
    textAt(answer, 'error', 'message');
  return [message, ...errors].filter((text) => text !== '').join(': ');
}

function refusalOf({ origin }: ForgePlace, status: number, words: string): ForgeError {
  const said = words === '' ? '' : `: ${words}`;
  if (status === 401)
    return new ForgeError(
      'unauthenticated',
      `${origin} does not accept the repository’s token for its API (401)${said}.`,
    );
  if (status >= 500 || status === 429) return new ForgeError('server', `${origin} answered ${status}${said}.`);
  const hint = status === 403 || status === 404 ? '; the token needs the right to open pull requests' : '';
  return new ForgeError('refused', `${origin} refused the pull request (${status})${said}${hint}.`);
}
