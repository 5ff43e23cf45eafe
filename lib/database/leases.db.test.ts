import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { acquireLease, releaseLease } from './leases.ts';

describe('a lease', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase('worker');
  });
  afterAll(() => database.drop());

  const take = (owner: string, key = 'operation:1') => acquireLease(database.prisma, { key, owner, ttlMs: 60_000 });

  it('is held by one at a time, and its fence grows with every change of hands', async () => {
    const first = await take('one', 'operation:fence');
    expect(await take('two', 'operation:fence')).toBeNull();
    if (first) await releaseLease(database.prisma, first);
    const second = await take('two', 'operation:fence');
    expect([first?.fence, second?.fence]).toEqual([1n, 2n]);
  });

  it('that is given up is free in the same moment', async () => {
    const refused: number[] = [];
    for (let round = 0; round < 200; round += 1) {
      const lease = await take(`owner-${round}`);
      if (lease) await releaseLease(database.prisma, lease);
      else refused.push(round);
    }
    expect(refused).toEqual([]);
  });
});
