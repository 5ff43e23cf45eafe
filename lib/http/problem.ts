import { z } from 'zod';
import type { Problem } from '#lib/contracts/common.ts';
import { ServiceError, type ServiceErrorCode } from '#lib/services/errors.ts';

const STATUS = {
  invalid: [400, 'The request is not valid'],
  unauthenticated: [401, 'Sign in first'],
  forbidden: [403, 'Not allowed'],
  'not-found': [404, 'Not found'],
  conflict: [409, 'Conflict'],
  refused: [422, 'Refused'],
  'too-large': [413, 'Too large'],
  'rate-limited': [429, 'Too many attempts'],
  unavailable: [503, 'Not available now'],
  internal: [500, 'Something went wrong here'],
} as const satisfies Record<ServiceErrorCode, readonly [number, string]>;

/** What Postgres and Prisma say when the database is away rather than wrong. */
const DATABASE_AWAY = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'ECONNREFUSED',
  'ECONNRESET',
  '57P01',
  '57P03',
]);

const DRIVER_AWAY = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);

const driver = z.object({
  meta: z.object({ driverAdapterError: z.object({ cause: z.object({ kind: z.string() }) }) }),
});

function isDatabaseAway(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const raw = driver.safeParse(error);
  return DATABASE_AWAY.has(code) || (raw.success && DRIVER_AWAY.has(raw.data.meta.driverAdapterError.cause.kind));
}

/** Any error as one a caller may see. `unknown` errors keep their message to themselves. */
export function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof z.ZodError) return fromZod(error);
  if (isDatabaseAway(error)) {
    return new ServiceError('unavailable', 'The database does not answer now; try again in a moment.', {
      cause: error,
    });
  }
  return new ServiceError('internal', 'Something went wrong here. The request id finds it in the log.', {
    cause: error,
  });
}

/** Zod's issues as fields, messages without the values that were sent. */
export function fromZod(error: z.ZodError): ServiceError {
  const fields = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not known' }))
      : [{ path: issue.path.join('.'), message: issue.message }],
  );
  const shown = fields
    .slice(0, 3)
    .map((field) => (field.path === '' ? field.message : `${field.path}: ${field.message}`));
  return new ServiceError('invalid', `${shown.join('; ')}.`, { fields });
}

export function problemResponse(error: ServiceError, requestId: string): Response {
  const [status, title] = STATUS[error.code];
  const body: Problem = {
    type: `urn:quarterdeck:problem:${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    requestId,
    ...(error.fields.length > 0 ? { fields: error.fields } : {}),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...(error.code === 'rate-limited' || error.code === 'unavailable' ? { 'retry-after': '5' } : {}),
    },
  });
}
