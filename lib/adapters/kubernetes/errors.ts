import { isIP } from 'node:net';
import type { V1Status } from '@kubernetes/client-node';
import { maskKnown } from '#lib/domain/diff/mask-text.ts';
import { isObject, listAt, textAt } from '#lib/domain/resource/json.ts';
import { ClusterError, type ClusterErrorReason, type FieldConflict } from '#lib/ports/cluster.ts';

/** Longest text of a server that is passed on, in UTF-16 units. */
const MAX_MESSAGE = 2_000;

const REASONS: Record<number, ClusterErrorReason> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  409: 'conflict',
  410: 'gone',
  413: 'invalid',
  422: 'invalid',
  429: 'throttled',
  504: 'timeout',
};

export const reasonOfStatus = (status: number): ClusterErrorReason => REASONS[status] ?? 'server';

/** One line of foreign text: control characters gone, secrets masked, cut. */
export function cleanText(text: string, secrets: readonly string[]): string {
  const oneLine = maskKnown(text, secrets)
    // oxlint-disable-next-line no-control-regex -- they are what is removed
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim();
  return oneLine.length > MAX_MESSAGE ? `${oneLine.slice(0, MAX_MESSAGE)}…` : oneLine;
}

/** Who owns which field, from the causes of a 409 to server-side apply. */
function conflictsOf(status: unknown, secrets: readonly string[]): FieldConflict[] {
  return listAt(status, 'details', 'causes').flatMap((cause) => {
    if (textAt(cause, 'reason') !== 'FieldManagerConflict') return [];
    const manager = /conflict with "((?:[^"\\]|\\.){0,200})"/.exec(textAt(cause, 'message'))?.[1] ?? 'unknown';
    return [{ manager: cleanText(manager, secrets), field: cleanText(textAt(cause, 'field'), secrets) }];
  });
}

function parseStatus(body: string): Partial<V1Status> | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) && parsed['kind'] === 'Status' ? parsed : undefined;
  } catch {
    return undefined;
  }
}

export interface Refusal {
  /** What was tried: `apply Deployment shop/web`. */
  what: string;
  status: number;
  body: string;
  secrets: readonly string[];
}

/** A server-side apply with a field that the schema does not have is answered with 500, though the object is at fault. */
const UNKNOWN_FIELD = /^failed to create typed patch object\b/;

/** The error of an HTTP answer that is no success. Quotes a Kubernetes Status only; any other body stays unread. */
export function statusError(refusal: Refusal): ClusterError {
  const { what, status, secrets } = refusal;
  const parsed = parseStatus(refusal.body);
  const said = parsed?.message === undefined ? '' : cleanText(parsed.message, secrets);
  // "Unauthorized" is all that a server says to 401.
  const hint = said === '' || status === 401 ? plainHint(status) : said;
  const reason = UNKNOWN_FIELD.test(said) ? 'invalid' : reasonOfStatus(status);
  return new ClusterError(reason, `Cannot ${what}: ${hint}`, {
    status,
    conflicts: status === 409 ? conflictsOf(parsed, secrets) : [],
  });
}

function plainHint(status: number): string {
  if (status === 401)
    return 'the API server does not accept the credential (401); it was revoked or has expired: rotate it in Settings';
  if (status === 404) return 'the API server does not serve this (404)';
  if (status >= 300 && status < 400)
    return `the server answers with a redirect (${status}); is this the address of a Kubernetes API server?`;
  return `the server answered ${status} without saying why`;
}

/** The error of a watch's ERROR event. */
export function watchError(what: string, status: unknown, secrets: readonly string[]): ClusterError {
  const code = isObject(status) && typeof status['code'] === 'number' ? status['code'] : 500;
  const said = cleanText(textAt(status, 'message'), secrets);
  return new ClusterError(reasonOfStatus(code), `Cannot ${what}: ${said === '' ? plainHint(code) : said}`, {
    status: code,
  });
}

const UNREACHABLE: Record<string, (host: string) => string> = {
  ENOTFOUND: (host) => `the name ${host} cannot be resolved`,
  EAI_AGAIN: (host) => `the name server gave no answer for ${host}`,
  EAI_FAIL: (host) => `the name ${host} cannot be resolved`,
  ECONNREFUSED: (host) => `${host} refuses the connection; is the API server running on this port?`,
  ECONNRESET: (host) => `${host} closed the connection`,
  EPIPE: (host) => `${host} closed the connection`,
  UND_ERR_SOCKET: (host) => `${host} closed the connection`,
  ERR_STREAM_PREMATURE_CLOSE: (host) => `${host} closed the connection in the middle of its answer`,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: (host) => `${host} closed the connection in the middle of its answer`,
  EHOSTUNREACH: (host) => `no route to ${host}`,
  ENETUNREACH: (host) => `no route to ${host}`,
  ELINKLOCAL: (host) => `${host} leads to a link-local address, where clusters are not reached`,
};
const TIMEOUTS = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const RESETS = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ERR_STREAM_PREMATURE_CLOSE']);
const TLS: Record<string, string> = {
  CERT_HAS_EXPIRED: 'the certificate of the server has expired',
  CERT_NOT_YET_VALID: 'the certificate of the server is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of the server is for other names',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the server is self-signed and not among the trusted ones',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate of the server comes from an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate of the server comes from an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate of the server comes from an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate of the server comes from an unknown authority',
  CERT_SIGNATURE_FAILURE: 'the certificate of the server is not signed by the authority given',
};

/** The code of a Node, undici or OpenSSL error; '' when it has none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? '' : codeOf(error.cause);
}

export const isReset = (error: unknown): boolean => RESETS.has(codeOf(error));
export const isTlsCode = (code: string): boolean =>
  code in TLS ||
  code.startsWith('ERR_SSL') ||
  code.startsWith('ERR_TLS') ||
  code.startsWith('ERR_OSSL') ||
  code === 'EPROTO';

/** What a TLS failure means, without the certificate's own words. */
export const tlsProblem = (code: string): string =>
  TLS[code] ??
  (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'EPROTO'
    ? 'the server does not speak TLS on this port'
    : `the TLS handshake failed (${code})`);

/** The error of a call that got no answer. `host` names where to look: `name:port`. */
export function networkError(error: unknown, { what, host }: { what: string; host: string }): ClusterError {
  if (error instanceof ClusterError) return error;
  const code = codeOf(error);
  const bare = isIP(host) === 6 ? `[${host}]` : host;
  if (isTlsCode(code)) return new ClusterError('tls', `Cannot ${what}: ${tlsProblem(code)}`);
  if (TIMEOUTS.has(code)) return new ClusterError('timeout', `Cannot ${what}: ${bare} does not answer in time`);
  const explain = UNREACHABLE[code];
  if (explain) return new ClusterError('unreachable', `Cannot ${what}: ${explain(bare)}`);
  return new ClusterError(
    code.startsWith('HPE_') || code.startsWith('UND_ERR') ? 'server' : 'unreachable',
    code.startsWith('HPE_')
      ? `Cannot ${what}: ${bare} does not speak HTTP`
      : `Cannot ${what}: the connection to ${bare} failed${code === '' ? '' : ` (${code})`}`,
  );
}
