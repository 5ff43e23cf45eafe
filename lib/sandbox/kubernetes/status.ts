import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';

export interface StatusCause {
  reason: string;
  message: string;
  field?: string;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

/** A refusal in the words of an API server; becomes a `Status` body with this HTTP code. */
export class ApiError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: StatusDetails | undefined;
  constructor(status: { code: number; reason: string; message: string; details?: StatusDetails }) {
    super(status.message);
    this.name = 'ApiError';
    this.code = status.code;
    this.reason = status.reason;
    this.details = status.details;
  }
}

/** What an error names: the plural for most, the kind for invalid objects. */
export interface Subject {
  group: string;
  plural: string;
  kind: string;
}

const qualified = (word: string, group: string): string => (group === '' ? word : `${word}.${group}`);

function detailsOf(subject: Subject, name: string): StatusDetails {
  return { name, ...(subject.group === '' ? {} : { group: subject.group }), kind: subject.plural };
}

export const badRequest = (message: string): ApiError => new ApiError({ code: 400, reason: 'BadRequest', message });

export function notFound(subject: Subject, name: string): ApiError {
  const message = `${qualified(subject.plural, subject.group)} ${JSON.stringify(name)} not found`;
  return new ApiError({ code: 404, reason: 'NotFound', message, details: detailsOf(subject, name) });
}

export const pathNotFound = (): ApiError =>
  new ApiError({
    code: 404,
    reason: 'NotFound',
    message: 'the server could not find the requested resource',
    details: {},
  });

export function alreadyExists(subject: Subject, name: string): ApiError {
  const message = `${qualified(subject.plural, subject.group)} ${JSON.stringify(name)} already exists`;
  return new ApiError({ code: 409, reason: 'AlreadyExists', message, details: detailsOf(subject, name) });
}

export function conflict(subject: Subject, name: string, why: string): ApiError {
  const message = `Operation cannot be fulfilled on ${qualified(subject.plural, subject.group)} ${JSON.stringify(name)}: ${why}`;
  return new ApiError({ code: 409, reason: 'Conflict', message, details: detailsOf(subject, name) });
}

export const STALE = 'the object has been modified; please apply your changes to the latest version and try again';

export function forbidden(subject: Subject, name: string, why: string): ApiError {
  const message = `${qualified(subject.plural, subject.group)} ${JSON.stringify(name)} is forbidden: ${why}`;
  return new ApiError({ code: 403, reason: 'Forbidden', message, details: detailsOf(subject, name) });
}

/** One wrong field: `spec.replicas: Invalid value: -1: must be …`. */
export interface FieldError {
  field: string;
  reason:
    | 'FieldValueRequired'
    | 'FieldValueInvalid'
    | 'FieldValueNotSupported'
    | 'FieldValueForbidden'
    | 'FieldValueDuplicate'
    | 'FieldValueTypeInvalid'
    | 'FieldValueTooMany'
    | 'FieldValueTooLong';
  message: string;
}

const WORDS: Record<FieldError['reason'], string> = {
  FieldValueRequired: 'Required value',
  FieldValueInvalid: 'Invalid value',
  FieldValueNotSupported: 'Unsupported value',
  FieldValueForbidden: 'Forbidden',
  FieldValueDuplicate: 'Duplicate value',
  FieldValueTypeInvalid: 'Invalid value',
  FieldValueTooMany: 'Too many',
  FieldValueTooLong: 'Too long',
};

/** Builds the error of one field; `value` is printed for the reasons that show it. */
export function fieldError(
  reason: FieldError['reason'],
  field: string,
  detail: { value?: JsonValue; why?: string } = {},
): FieldError {
  const parts = [WORDS[reason]];
  if (detail.value !== undefined) parts.push(JSON.stringify(detail.value));
  if (detail.why !== undefined && detail.why !== '') parts.push(detail.why);
  return { reason, field, message: parts.join(': ') };
}

export function invalid(subject: Subject, name: string, errors: FieldError[]): ApiError {
  const texts = errors.map((error) => `${error.field}: ${error.message}`);
  const list = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  return new ApiError({
    code: 422,
    reason: 'Invalid',
    message: `${qualified(subject.kind, subject.group)} ${JSON.stringify(name)} is invalid: ${list}`,
    details: {
      name,
      ...(subject.group === '' ? {} : { group: subject.group }),
      kind: subject.kind,
      causes: errors.map(({ reason, message, field }) => ({ reason, message, field })),
    },
  });
}

export function methodNotAllowed(): ApiError {
  return new ApiError({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  });
}

export const expired = (message: string): ApiError => new ApiError({ code: 410, reason: 'Expired', message });

export function notAcceptable(): ApiError {
  return new ApiError({
    code: 406,
    reason: 'NotAcceptable',
    message: 'only the following media types are accepted: application/json, application/yaml',
  });
}

export function unsupportedMediaType(accepted: string[]): ApiError {
  return new ApiError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  });
}

/** The `Status` body of an error. */
export function toStatus(error: ApiError): JsonObject {
  const details: JsonObject = {};
  for (const [name, value] of Object.entries(error.details ?? {})) {
    if (value !== undefined)
      details[name] = Array.isArray(value) ? value.map((cause): JsonObject => ({ ...cause })) : value;
  }
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: error.message,
    reason: error.reason,
    ...(error.details === undefined ? {} : { details }),
    code: error.code,
  };
}
