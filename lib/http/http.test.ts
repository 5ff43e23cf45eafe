import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ServiceError } from '#lib/services/errors.ts';
import { csvCell } from '#lib/services/audit/export.ts';
import { Limiter } from './limiter.ts';
import { fromZod, problemResponse, toServiceError } from './problem.ts';
import { checkOrigin, readBody, requestIdOf } from './request.ts';
import { contentSecurityPolicy, securityHeaders } from './security.ts';
import { unknownRoute } from './unknown-route.ts';

const request = (headers: Record<string, string>, method = 'POST') =>
  new Request('http://127.0.0.1:3000/api/v1/projects', { method, headers: { host: '127.0.0.1:3000', ...headers } });

describe('the origin of a write', () => {
  test.each([
    ['a program without either header', {}, true],
    ['the same origin', { origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }, true],
    ['the name people use', { origin: 'http://deck.example', host: 'deck.example' }, true],
    ['another site', { origin: 'https://evil.example' }, false],
    ['another port', { origin: 'http://127.0.0.1:4000' }, false],
    ['an opaque origin', { origin: 'null' }, false],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }, false],
    ['a cross-site form', { 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1:3000' }, false],
  ])('%s', (_name, headers, allowed) => {
    const check = () => checkOrigin(request(headers));
    if (allowed) expect(check).not.toThrow();
    else expect(check).toThrow(/another site/);
  });

  test('reads are not asked', () => {
    expect(() => checkOrigin(request({ origin: 'https://evil.example' }, 'GET'))).not.toThrow();
  });
});

describe('a body', () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    new Request('http://x/', { method: 'POST', body, headers });

  test('within the limit is read whole', async () => {
    expect((await readBody(post('abc'), 3)).toString()).toBe('abc');
  });

  test('is refused by its announced length, and by its true one', async () => {
    await expect(readBody(post('abc', { 'content-length': '999' }), 10)).rejects.toMatchObject({ code: 'too-large' });
    await expect(readBody(post('abcd'), 3)).rejects.toMatchObject({ code: 'too-large' });
  });
});

test.each([
  ['abcdefgh', true],
  ['550e8400-e29b-41d4-a716-446655440000', true],
  ['short', false],
  ['with blank in it', false],
  ['a'.repeat(65), false],
])('request id %j is taken over: %s', (given, taken) => {
  expect(requestIdOf(request({ 'x-request-id': given })) === given).toBe(taken);
});

describe('problems', () => {
  test.each([
    ['invalid', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['refused', 422],
    ['too-large', 413],
    ['rate-limited', 429],
    ['unavailable', 503],
    ['internal', 500],
  ] as const)('%s is %i', async (code, status) => {
    const response = problemResponse(new ServiceError(code, 'words'), 'id-1');
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code, status, detail: 'words', requestId: 'id-1' });
  });

  test('an unknown error keeps its words to itself', () => {
    expect(toServiceError(new Error('password=hunter2'))).toMatchObject({ code: 'internal' });
    expect(toServiceError(new Error('password=hunter2')).message).not.toContain('hunter2');
  });

  test('a database that is away is unavailable, not broken', () => {
    expect(toServiceError(Object.assign(new Error('no'), { code: 'ECONNREFUSED' })).code).toBe('unavailable');
    const meta = { driverAdapterError: { cause: { kind: 'DatabaseNotReachable' } } };
    expect(toServiceError(Object.assign(new Error('no'), { code: 'P2010', meta })).code).toBe('unavailable');
  });

  test('fields are named, values are not told', () => {
    const schema = z.strictObject({ token: z.string().max(3), port: z.number() });
    const parsed = schema.safeParse({ token: 'a-secret-value', port: 'x', extra: 'y' });
    const error = fromZod(parsed.error ?? new z.ZodError([]));
    expect(error.fields.map((field) => field.path).sort()).toEqual(['extra', 'port', 'token']);
    expect(JSON.stringify([error.message, error.fields])).not.toContain('a-secret-value');
  });
});

describe('the limiter', () => {
  test('lets a share through per window, per key, and can be cleared', () => {
    const limiter = new Limiter({ limit: 2, windowMs: 1_000 });
    expect([0, 1, 2].map((at) => limiter.take('a', at))).toEqual([true, true, false]);
    expect(limiter.take('b', 2)).toBe(true);
    expect(limiter.take('a', 1_001)).toBe(true);
    limiter.clear('a');
    expect(limiter.take('a', 1_002)).toBe(true);
  });
});

test.each([
  ['plain', 'plain'],
  ['=1+1', "'=1+1"],
  ['+cmd', "'+cmd"],
  ['-2', "'-2"],
  ['@sum', "'@sum"],
  ['\t=1', "'\t=1"],
  [' =1', "' =1"],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  [null, ''],
  [{ b: 1, a: 2 }, '"{""a"":2,""b"":1}"'],
])('CSV cell of %j', (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

test('the policy of pages allows nothing from elsewhere', () => {
  const policy = contentSecurityPolicy({ nonce: 'abc', development: false, https: true });
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic'");
  expect(policy).not.toMatch(/https?:\/\/|script-src[^;]*unsafe|\*/);
  for (const part of ["frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "default-src 'none'"]) {
    expect(policy).toContain(part);
  }
});

test('every answer forbids guessing types, frames and devices; https is kept once it was used', () => {
  const headers = (https: boolean) => Object.fromEntries(securityHeaders({ https }));
  expect(headers(false)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
  });
  expect(headers(false)).not.toHaveProperty('strict-transport-security');
  expect(headers(true)['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
});

test('a path of the API that is none is a problem document', async () => {
  const response = await unknownRoute(request({ 'x-request-id': 'request-0001' }, 'GET'));
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: 'not-found', requestId: 'request-0001' });
});
