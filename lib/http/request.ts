import { randomUUID } from 'node:crypto';
import { env } from '#lib/config/env.ts';
import { ServiceError } from '#lib/services/errors.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The caller's request id when it is a sane one, else a new one. */
export function requestIdOf(request: Pick<Request, 'headers'>): string {
  const given = request.headers.get('x-request-id') ?? '';
  return /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : randomUUID();
}

/**
 * Refuses a write that a page of another site makes in a browser. Browsers name the page's origin on every such request;
 * programs that send neither header carry no cookie of a person's browser.
 */
export function checkOrigin(request: Request): void {
  if (SAFE_METHODS.has(request.method)) return;
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const foreignSite = site !== null && site !== 'same-origin';
  const foreignOrigin = origin !== null && !isOwnOrigin(origin, request.headers.get('host'));
  if (foreignSite || foreignOrigin) {
    throw new ServiceError('forbidden', 'This request comes from a page of another site; open Quarterdeck itself.');
  }
}

function isOwnOrigin(origin: string, host: string | null): boolean {
  if (origin === env().origin) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

/** The peer's address as far as it is known; only used to count attempts. */
export function addressOf(request: Request): string {
  return request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown';
}

/** The raw body, refused as soon as it grows over the limit. Errors: too-large. */
export async function readBody(request: Request, limit: number): Promise<Buffer> {
  const tooLarge = () => new ServiceError('too-large', `The body is larger than ${Math.ceil(limit / 1024)} KiB.`);
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge();
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

/** Strict UTF-8. Errors: invalid. */
export function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ServiceError('invalid', 'The body is not UTF-8.');
  }
}
