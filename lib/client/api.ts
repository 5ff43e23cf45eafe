import type { z } from 'zod';
import type { Problem } from '#lib/contracts/common.ts';
import type { ROUTES } from '#lib/contracts/routes.ts';
import { type CalledRoute, PATHS } from './paths.ts';
import { signInPath } from './sign-in-path.ts';

type Schema<Name extends CalledRoute, Part extends string> =
  (typeof ROUTES)[Name] extends Record<Part, infer Found> ? Found : never;
type Input<Found> = Found extends z.ZodType ? z.input<Found> : never;

/** What the route answers. */
export type Answer<Name extends CalledRoute> =
  Schema<Name, 'response'> extends infer Found ? (Found extends z.ZodType ? z.output<Found> : null) : never;
/** What the route wants as its body. */
export type Body<Name extends CalledRoute> = Input<Schema<Name, 'body'>>;
export type Query<Name extends CalledRoute> = Partial<Input<Schema<Name, 'query'>>>;

export interface Call<Name extends CalledRoute> {
  params?: Readonly<Record<string, string>>;
  query?: Query<Name>;
  body?: Body<Name>;
  /** Sends this instead of `body`, with its content type. */
  text?: { type: string; content: string };
  signal?: AbortSignal;
}

/** A request that was refused or never answered. `requestId` finds it in the log and in the audit. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  readonly fields: readonly { path: string; message: string }[];

  constructor(problem: Partial<Problem> & { status: number; detail: string }) {
    super(problem.detail);
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code ?? 'internal';
    this.requestId = problem.requestId ?? null;
    this.fields = problem.fields ?? [];
  }
}

/** Calls one route. Throws {@link ApiError}; an expired session sends the browser to the sign-in page. */
export async function api<Name extends CalledRoute>(name: Name, call: Call<Name> = {}): Promise<Answer<Name>> {
  const response = await send(name, call);
  if (!response.ok) throw await problemOf(response);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- such routes answer null
  if (response.status === 204) return null as Answer<Name>;
  // The door that sent it has shaped it with the same schema.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (await response.json()) as Answer<Name>;
}

/** The text of a route that answers no JSON. Throws {@link ApiError}. */
export async function apiText<Name extends CalledRoute>(name: Name, call: Call<Name> = {}): Promise<string> {
  const response = await send(name, call);
  if (!response.ok) throw await problemOf(response);
  return response.text();
}

/** Path and query of a route, such as the address of a download. */
export function hrefOf<Name extends CalledRoute>(name: Name, call: Pick<Call<Name>, 'params' | 'query'> = {}): string {
  return addressOf(name, { params: call.params ?? {}, query: { ...call.query } });
}

/** The same for a route that is only known as a value. */
export function addressOf(
  name: CalledRoute,
  call: { params: Readonly<Record<string, string>>; query: Readonly<Record<string, unknown>> },
): string {
  const path = PATHS[name][1].replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(call.params[key] ?? ''));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(call.query)) {
    if (value !== undefined && value !== null && value !== '')
      search.set(key, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function send<Name extends CalledRoute>(name: Name, call: Call<Name>): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json, application/problem+json, */*' };
  const body = call.text?.content ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
  if (body !== undefined) headers['content-type'] = call.text?.type ?? 'application/json';
  try {
    const response = await fetch(hrefOf(name, call), {
      method: PATHS[name][0],
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    });
    if (response.status === 401 && name !== 'signIn') {
      window.location.assign(signInPath(`${window.location.pathname}${window.location.search}`));
    }
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({
      status: 0,
      code: 'unavailable',
      detail: 'Quarterdeck does not answer. Check your connection.',
    });
  }
}

async function problemOf(response: Response): Promise<ApiError> {
  const fallback = `The server answered ${response.status} ${response.statusText}`.trim();
  const requestId = response.headers.get('x-request-id');
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every field is optional here
    const problem = (await response.json()) as Partial<Problem>;
    return new ApiError({
      ...problem,
      ...(requestId === null ? {} : { requestId: problem.requestId ?? requestId }),
      status: response.status,
      detail: problem.detail ?? problem.title ?? fallback,
    });
  } catch {
    return new ApiError({ status: response.status, detail: fallback, ...(requestId === null ? {} : { requestId }) });
  }
}
