import { expect, test } from 'vitest';
import { dropForgedAddress, isNear } from './peer.ts';

test.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['::ffff:10.1.2.3', true],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['192.168.7.7', true],
  ['fd12::1', true],
  ['fe80::1%eth0', true],
  ['203.0.113.7', false],
  ['::ffff:203.0.113.7', false],
  ['2001:db8::1', false],
  ['', false],
  ['nonsense', false],
])('a peer at %j may be our own proxy: %s', (address, near) => {
  expect(isNear(address)).toBe(near);
});

test.each([
  ['203.0.113.7', undefined],
  ['127.0.0.1', '198.51.100.1'],
])('the word of %s about the caller: %s', (remoteAddress, kept) => {
  const request = { headers: { 'x-forwarded-for': '198.51.100.1' }, socket: { remoteAddress } };
  dropForgedAddress(request);
  expect(request.headers['x-forwarded-for']).toBe(kept);
});
