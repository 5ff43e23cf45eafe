import type { z } from 'zod';
import type { RouteDeclaration } from '#lib/contracts/routes/declare.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import { can, isPermission, roleNeeded } from '#lib/domain/policy/roles.ts';
import { logger } from '#lib/observability/logger.ts';
import { ServiceError } from '#lib/services/errors.ts';
import { actAs, type WebContext, webContext } from '#lib/wiring.ts';
import { ANONYMOUS, readSession, type SignedIn } from './auth.ts';
import { measured } from './measure.ts';
import { fromZod, problemResponse, toServiceError } from './problem.ts';
import { checkOrigin, decodeText, readBody, requestIdOf } from './request.ts';

const DEFAULT_BODY_LIMIT = 1_048_576;

type Parsed<Declaration, Part extends 'params' | 'query' | 'body'> =
  Declaration extends Record<Part, infer Schema>
    ? Schema extends z.ZodType
      ? z.output<Schema>
      : undefined
    : undefined;

/** What a handler gets beside the context; `body` is absent in type where the declaration has none. */
export interface Input<Declaration extends RouteDeclaration> {
  params: Parsed<Declaration, 'params'>;
  query: Parsed<Declaration, 'query'>;
  body: Declaration extends { textBody: readonly string[] }
    ? { json: Parsed<Declaration, 'body'> } | { text: string }
    : Parsed<Declaration, 'body'>;
  request: Request;
  session: SignedIn | null;
  /** Headers to add to the answer. */
  headers: Headers;
}

type Output<Declaration extends RouteDeclaration> = Declaration extends { response: infer Schema }
  ? Schema extends z.ZodType
    ? z.input<Schema>
    : Response | void
  : never;

export type RouteHandler = (
  request: Request,
  context: { params: Promise<Record<string, string | string[] | undefined>> },
) => Promise<Response>;

/**
 * A route from its declaration: session, origin, limits and parsing before the handler; the contract, which drops every
 * field it does not name, after it; every error as a problem document with the request's id.
 */
export function serve<Declaration extends RouteDeclaration>(
  declaration: Declaration,
  handler: (ctx: WebContext, input: Input<Declaration>) => Promise<Output<Declaration>>,
): RouteHandler {
  return measured(declaration, async (request, { params }) => {
    const requestId = requestIdOf(request);
    try {
      checkOrigin(request);
      const session = await readSession(request.headers);
      checkAccess(declaration, session);
      const ctx = actAs(await webContext(), session?.actor ?? ANONYMOUS, requestId);
      const input = await parse(declaration, request, await params);
      const headers = new Headers(session?.cookies.map((cookie): [string, string] => ['set-cookie', cookie]));
      // The parts were parsed by the very schemas their types come from.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const whole = { ...input, request, session, headers } as unknown as Input<Declaration>;
      return answer({ declaration, headers, requestId, result: await handler(ctx, whole) });
    } catch (error) {
      return fail(error, { requestId, request });
    }
  });
}

/** A failed request as its problem document; what nobody expected is logged. */
export function fail(error: unknown, { requestId, request }: { requestId: string; request: Request }): Response {
  const known = toServiceError(error);
  if (known.code === 'internal') {
    const cause = known.cause ?? known;
    const words = cause instanceof Error ? { error: maskText(cause.stack ?? cause.message) } : {};
    logger('http').error({ requestId, method: request.method, path: pathOf(request), ...words }, 'failed');
  }
  return problemResponse(known, requestId);
}

/** Without the token of an invitation link. */
function pathOf(request: Request): string {
  return new URL(request.url).pathname.replace(/(\/join\/).+/, '$1…');
}

function checkAccess(declaration: RouteDeclaration, session: SignedIn | null): void {
  if (declaration.access === 'public') return;
  if (!session) throw new ServiceError('unauthenticated', 'Sign in to do this.');
  // A refused write is audited, so its verb refuses it; a read has nothing to audit.
  if (declaration.method !== 'GET' || !isPermission(declaration.access)) return;
  if (!can(session.actor.role, declaration.access)) {
    throw new ServiceError(
      'forbidden',
      `Not allowed: ${declaration.access} needs role ${roleNeeded(declaration.access)}.`,
    );
  }
}

async function parse(
  declaration: RouteDeclaration,
  request: Request,
  params: Record<string, string | string[] | undefined>,
) {
  return {
    params: declaration.params ? check(declaration.params, params) : undefined,
    query: declaration.query
      ? check(declaration.query, Object.fromEntries(new URL(request.url).searchParams))
      : undefined,
    body: declaration.body ? await parseBody(declaration, declaration.body, request) : undefined,
  };
}

function check(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw fromZod(parsed.error);
  return parsed.data;
}

async function parseBody(declaration: RouteDeclaration, schema: z.ZodType, request: Request): Promise<unknown> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const asText = declaration.textBody?.includes(type) ?? false;
  if (type !== 'application/json' && !asText) {
    const wanted = ['application/json', ...(declaration.textBody ?? [])].join(' or ');
    throw new ServiceError('invalid', `The body must be ${wanted}.`);
  }
  const text = decodeText(await readBody(request, declaration.bodyLimit ?? DEFAULT_BODY_LIMIT));
  if (asText) return { text };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ServiceError('invalid', 'The body is not JSON.');
  }
  const body = check(schema, value);
  return declaration.textBody ? { json: body } : body;
}

function answer(parts: {
  declaration: RouteDeclaration;
  headers: Headers;
  requestId: string;
  result: unknown;
}): Response {
  const { declaration, headers, requestId, result } = parts;
  headers.set('x-request-id', requestId);
  if (!(result instanceof Response && result.headers.has('cache-control'))) headers.set('cache-control', 'no-store');
  if (result instanceof Response) {
    headers.forEach((value, name) => {
      if (name === 'set-cookie') result.headers.append(name, value);
      else result.headers.set(name, value);
    });
    return result;
  }
  if (declaration.response === null) return new Response(null, { status: declaration.status, headers });
  const parsed = declaration.response.safeParse(result);
  if (!parsed.success) throw new Error(`the answer breaks its contract at ${parsed.error.issues[0]?.path.join('.')}`);
  headers.set('content-type', 'application/json');
  return new Response(JSON.stringify(parsed.data), { status: declaration.status, headers });
}
