import { expect, test } from 'vitest';
import { bindStably } from './stable-port.ts';

const taken = () => Promise.reject(Object.assign(new Error('taken'), { code: 'EADDRINUSE' }));

test('takes the port of last time, and waits for it while the one before is ending', async () => {
  let attempts = 0;
  const bind = async (port: number) => ((attempts += 1) < 3 ? taken() : port);
  expect(await bindStably(bind, 40_123)).toBe(40_123);
  expect(attempts).toBe(3);
});

test('without one, takes a port that the system gives to nobody', async () => {
  const port = await bindStably(async (given) => given, undefined);
  expect(port).toBeGreaterThanOrEqual(20_000);
  expect(port).toBeLessThan(32_000);
});

test('goes elsewhere when it stays taken, and lets the system choose at last', async () => {
  expect(await bindStably((port) => (port === 40_123 ? taken() : Promise.resolve(port)), 40_123, 0)).toBeLessThan(
    32_000,
  );
  expect(await bindStably((port) => (port === 0 ? Promise.resolve(0) : taken()), undefined)).toBe(0);
});

test('any other trouble is told', async () => {
  await expect(bindStably(() => Promise.reject(new Error('no')), 40_123)).rejects.toThrow('no');
});
