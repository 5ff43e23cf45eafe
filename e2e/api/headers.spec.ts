import { expect, test } from '@playwright/test';

const url = (path: string) => new URL(path, process.env['QUARTERDECK_E2E_URL']);

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** What the whole stack sends, Next's own answers included. */
test.describe('headers', () => {
  for (const [method, path, status] of [
    ['GET', '/sign-in', 200],
    ['GET', '/nowhere', 404],
    ['GET', '/api/health/live', 200],
    ['GET', '/api/v1/session', 401],
    ['GET', '/api/v1/nowhere', 404],
    ['PUT', '/api/v1/session', 405],
    ['POST', '/api/webhooks/github/none', 401],
  ] as const) {
    test(`${method} ${path}`, async () => {
      const response = await fetch(url(path), { method, headers: { 'x-request-id': 'request-0001' } });
      expect(response.status).toBe(status);
      expect(Object.fromEntries(response.headers)).toMatchObject({ ...EVERYWHERE, 'x-request-id': 'request-0001' });
      expect(response.headers.get('x-powered-by')).toBeNull();
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      if (path.startsWith('/api/v1/') && method === 'GET') {
        expect(response.headers.get('content-type')).toBe('application/problem+json');
        expect(await response.json()).toMatchObject({ requestId: 'request-0001', status });
      }
    });
  }

  test('scripts of a page run by its nonce alone, a new one each time', async () => {
    const read = async () => {
      const response = await fetch(url('/sign-in'));
      const policy = response.headers.get('content-security-policy') ?? '';
      return { html: await response.text(), policy, nonce: /'nonce-([^']+)'/.exec(policy)?.[1] ?? '' };
    };
    const [one, two] = [await read(), await read()];
    expect(one.nonce).not.toBe(two.nonce);
    expect(one.policy).not.toMatch(/script-src[^;]*unsafe/);
    const scripts = [...one.html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length).toBeGreaterThan(0);
    for (const tag of scripts) expect(tag).toContain(`nonce="${one.nonce}"`);
  });

  test('built files are what they say they are', async () => {
    const html = await (await fetch(url('/sign-in'))).text();
    const file = /\/_next\/static\/[^"\\]+\.js/.exec(html)?.[0] ?? '';
    const response = await fetch(url(file));
    expect(response.status).toBe(200);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
