import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskKnown, maskText, MAX_TEXT } from './mask-text.ts';

const AWS = ['AKIA', 'IOSFODNN7EXAMPLE'].join('');

describe('maskText', () => {
  it.each([
    ['fetch https://jane:hunter2@git.example/x.git failed', 'fetch https://••••••@git.example/x.git failed'],
    ['https://ghp_x@git.example', 'https://••••••@git.example'],
    ['https://u:p@ss@git.example/a', 'https://••••••@git.example/a'],
    ['postgres://app:hunter2@db:5432/x?y=1', 'postgres://••••••@db:5432/x?y=1'],
    ['Authorization: Bearer abc.def', 'Authorization: ••••••'],
    ['{"authorization":"Basic dXNlcjpwdw=="}', '{"authorization":"••••••"}'],
    ['sent Bearer abcdefgh12345 to it', 'sent Bearer •••••• to it'],
    ['Basic dXNlcjpwYXNz=', 'Basic ••••••'],
    [`key ${AWS} leaked`, 'key •••••• leaked'],
    ['password=hunter2 next', 'password=•••••• next'],
    ['PASSWORD: "a b c", port 5', 'PASSWORD: "••••••", port 5'],
    ["client_secret='x y'", "client_secret='••••••'"],
    ['aws_secret_access_key = wJalrXUtn/K7', 'aws_secret_access_key = ••••••'],
    ['{"db_password":"p\\"q","user":"u"}', '{"db_password":"••••••","user":"u"}'],
    ['helm --password hunter2 --debug', 'helm --password •••••• --debug'],
    ['--token=abc', '--token=••••••'],
    ['jwt eyJhbGciOi.eyJzdWIiOi.sig_-x end', 'jwt •••••• end'],
    ['glpat-abcdefghij0123456789', '••••••'],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIE\n-----END RSA PRIVATE KEY----- tail',
      '[private key ••••••] tail',
    ],
    ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz cut off', '[private key ••••••]'],
  ])('%s', (text, masked) => expect(maskText(text)).toBe(masked));

  it.each([
    'deployments.apps "web" not found',
    'Secret "db" is invalid: data[password]: Illegal value',
    'secrets "registry-token" is forbidden: needs verb get',
    'Basic authentication failed',
    'dial tcp 10.0.0.1:6443: connect: connection refused',
    'https://git.example/team/shop.git at main@{1}',
    '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----',
  ])('leaves %j', (text) => expect(maskText(text)).toBe(text));

  it('is idempotent on anything', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'password=',
        'token: ',
        'Bearer ',
        'https://',
        '@',
        '"',
        "'",
        AWS,
        '-----BEGIN PRIVATE KEY-----',
        'cookie: ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = maskText(pieces.join(''));
        expect(maskText(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  it('never shows the password of a URL or a pair', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9!$%^*_+~.-]{8,30}$/).map((text) => `pw${text}`);
    fc.assert(
      fc.property(word, (value) => {
        for (const text of [
          `https://user:${value}@host/x`,
          `password=${value}`,
          `"token": "${value}"`,
          `Authorization: Bearer ${value}`,
          `--api-key ${value}`,
        ]) {
          expect(maskText(`before ${text} after`)).not.toContain(value);
        }
      }),
    );
  });

  // A pattern that is not linear would run into the time-out.
  it('is cut, and does not get stuck on hostile text', () => {
    for (const unit of [
      'password',
      'a',
      '-----BEGIN PRIVATE KEY-----',
      'https://',
      '"\\',
      'token ',
      'bearer ',
      '--secret-',
    ])
      maskText(unit.repeat(200_000));
    expect(maskText('x'.repeat(MAX_TEXT * 2)).length).toBe(MAX_TEXT + 1);
  });
});

describe('maskKnown', () => {
  it('removes given texts, longest first', () => {
    expect(maskKnown('value abcdef and abc', ['abc', 'abcdef', ''])).toBe('value •••••• and ••••••');
  });

  it('removes them in every spelling a program prints them in', () => {
    const bytes = fc.uint8Array({ minLength: 8 }).map((some) => Buffer.from(some).toString('latin1'));
    fc.assert(
      fc.property(bytes, (secret) => {
        const spelled = [
          secret,
          JSON.stringify(secret).slice(1, -1),
          JSON.stringify(JSON.stringify(secret)).slice(3, -3),
          encodeURIComponent(secret),
          ...(['base64', 'base64url', 'hex'] as const).map((encoding) => Buffer.from(secret).toString(encoding)),
        ];
        for (const text of spelled) expect(maskKnown(`<${text}>`, [secret])).not.toContain(text);
      }),
      { numRuns: 300 },
    );
  });
});
