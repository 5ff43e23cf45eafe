import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SignedDelivery, verifySignature } from './signature.ts';

const SECRET = 'webhook secret';
const NOW = new Date('2026-11-24T12:00:00Z');
const SECONDS = String(NOW.getTime() / 1_000);
const hmac = (text: Buffer | string) => `sha256=${createHmac('sha256', SECRET).update(text).digest('hex')}`;
const github = (body: Buffer, signature = hmac(body)): SignedDelivery => ({
  provider: 'github',
  signature,
  timestamp: '',
  body,
});
const generic = (timestamp: string, body: string, signature = hmac(`${timestamp}.${body}`)): SignedDelivery => ({
  provider: 'generic',
  signature,
  timestamp,
  body: Buffer.from(body),
});

describe('GitHub style', () => {
  test('accepts raw bytes as they were signed, and no other', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (signed, sent) => {
        const equal = Buffer.compare(Buffer.from(signed), Buffer.from(sent)) === 0;
        expect(verifySignature(github(Buffer.from(sent), hmac(Buffer.from(signed))), SECRET, NOW)).toBe(equal);
      }),
    );
  });

  test.each([
    ['', 'none'],
    ['sha256=', 'an empty one'],
    [hmac('body').slice(0, -1), 'a short one'],
    [`${hmac('body')}0`, 'a long one'],
    [hmac('body').replace('sha256', 'sha1'), 'another algorithm'],
    [`sha256=${'0'.repeat(64)}`, 'zeros'],
  ])('refuses signature %j (%s)', (signature) => {
    expect(verifySignature(github(Buffer.from('body'), signature), SECRET, NOW)).toBe(false);
  });

  test('refuses another secret', () => {
    expect(verifySignature(github(Buffer.from('body')), 'another', NOW)).toBe(false);
  });
});

describe('generic', () => {
  test.each([
    [0, true],
    [300, true],
    [-300, true],
    [301, false],
    [-301, false],
  ])('signed %i s ago: %s', (age, accepted) => {
    expect(verifySignature(generic(String(Number(SECONDS) - age), '{}'), SECRET, NOW)).toBe(accepted);
  });

  test('the time is signed too', () => {
    const old = generic('1000', '{}');
    expect(verifySignature({ ...old, timestamp: SECONDS }, SECRET, NOW)).toBe(false);
    expect(verifySignature(generic(SECONDS, '{}', hmac('{}')), SECRET, NOW)).toBe(false);
  });

  test.each(['', 'now', '-5', '1e9', '9999999999999'])('refuses time %j', (timestamp) => {
    expect(verifySignature(generic(timestamp, '{}'), SECRET, NOW)).toBe(false);
  });
});
