import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { env } from '#lib/config/env.ts';
import { requestIdOf } from '#lib/http/request.ts';
import { contentSecurityPolicy, securityHeaders } from '#lib/http/security.ts';

/** Security headers and a request id on every answer, and a fresh nonce for the scripts of every page. */
export default function proxy(request: NextRequest): NextResponse {
  const settings = env();
  const https = settings.origin.startsWith('https:');
  const api = request.nextUrl.pathname.startsWith('/api/');
  const nonce = randomBytes(16).toString('base64');
  const policy = api
    ? "default-src 'none'; frame-ancestors 'none'; sandbox"
    : contentSecurityPolicy({ nonce, https, development: settings.NODE_ENV === 'development' });
  const forwarded = new Headers(request.headers);
  const requestId = requestIdOf(request);
  forwarded.set('x-request-id', requestId);
  if (!api) {
    forwarded.set('x-nonce', nonce);
    // Next reads the nonce for its own scripts from here.
    forwarded.set('content-security-policy', policy);
    // A page that asks for a session sends who has none back here afterwards.
    forwarded.set('x-page', `${request.nextUrl.pathname}${request.nextUrl.search}`);
  }
  const response = NextResponse.next({ request: { headers: forwarded } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-request-id', requestId);
  for (const [name, value] of securityHeaders({ https })) response.headers.set(name, value);
  return response;
}

export const config = { matcher: ['/((?!_next/static|_next/image).*)'] };
