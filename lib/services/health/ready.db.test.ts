import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '#lib/database/client.ts';
import { writeSetting } from '#lib/database/installation.ts';
import { createTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { readReadiness } from './ready.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const clock = { now: () => NOW };
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const ask = async () => {
  const { ready, checks } = await readReadiness(async () => ({ database, clock }));
  return { ready, said: Object.fromEntries(checks.map(({ name, ok, message }) => [name, ok ? 'ok' : message])) };
};
const beat = (secondsAgo: number) =>
  writeSetting(database.prisma, 'worker-heartbeat', { at: new Date(NOW.getTime() - secondsAgo * 1_000).toISOString() });

test('the worker: none yet, one that works, one that was heard of last long ago', async () => {
  const others = { database: 'ok', migrations: 'ok', queue: 'ok' };
  expect(await ask()).toEqual({ ready: false, said: { ...others, worker: 'no worker has started yet' } });
  await beat(10);
  expect(await ask()).toEqual({ ready: true, said: { ...others, worker: 'ok' } });
  await beat(45);
  expect(await ask()).toEqual({ ready: false, said: { ...others, worker: 'no worker was heard of for 45 s' } });
});

test('migrations that an older version has not made are counted', async () => {
  const undo = await database.prisma.$executeRaw`
    UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE id = (SELECT id FROM "_prisma_migrations" LIMIT 1)`;
  expect(undo).toBe(1);
  const { ready, said } = await ask();
  expect(ready).toBe(false);
  expect(said['migrations']).toMatch(/^1 of \d+ migrations are missing$/);
  await database.prisma.$executeRaw`UPDATE "_prisma_migrations" SET rolled_back_at = NULL`;
});

test('a database that is away is said in words, without its address', async () => {
  const nowhere = 'postgresql://someone:secret@127.0.0.1:9/gone';
  const open = () => openDatabase(nowhere, { connections: 1, name: 'test', role: 'sender', onError: () => undefined });
  const { ready, checks } = await readReadiness(async () => ({ database: await open(), clock }));
  expect(ready).toBe(false);
  expect(checks).toMatchObject([{ name: 'database', ok: false }]);
  expect(checks[0]?.message).toMatch(/does not answer|no answer/);
  expect(JSON.stringify(checks)).not.toMatch(/secret|127\.0\.0\.1/);
});
