/** Every way a verb can refuse. Doors map codes, never messages. */
export const SERVICE_ERROR_CODES = [
  'invalid', // the request is wrong; `fields` say where
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict', // stale version, stale plan, active operation, name taken
  'refused', // a guard says no (prune everything, pin in force)
  'too-large',
  'rate-limited',
  'unavailable', // a cluster, repository or worker does not answer now
  'internal',
] as const;
export type ServiceErrorCode = (typeof SERVICE_ERROR_CODES)[number];

/** One field the person must correct. `path` is the request's own: `source.path`, `labels.region`. */
export interface FieldProblem {
  path: string;
  message: string;
}

/** The one error of lib/services. `message` is shown to people: what, which object, what to do. Masked. */
export class ServiceError extends Error {
  readonly code: ServiceErrorCode;
  readonly fields: FieldProblem[];
  constructor(code: ServiceErrorCode, message: string, detail: { fields?: FieldProblem[]; cause?: unknown } = {}) {
    super(message, { cause: detail.cause });
    this.name = 'ServiceError';
    this.code = code;
    this.fields = detail.fields ?? [];
  }
}

export function invalid(path: string, message: string): ServiceError {
  return new ServiceError('invalid', `${path}: ${message}`, { fields: [{ path, message }] });
}

export function notFound(kind: string, name: string): ServiceError {
  return new ServiceError('not-found', `There is no ${kind} ${name}, or you may not see it.`);
}
