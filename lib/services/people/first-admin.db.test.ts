import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Registry, openRegistry } from '#lib/testing/registering.ts';
import { SYSTEM_ACTOR } from '../context.ts';
import { ensureFirstAdmin } from '../people/first-admin.ts';
import { join } from '../people/join.ts';
import { updatePerson } from '../people/update.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

describe('the first admin', () => {
  test('gets a link that each start replaces until somebody joins; the last admin stays', async () => {
    const system = { ...registry.admin, actor: SYSTEM_ACTOR };
    const first = await ensureFirstAdmin(system);
    const second = await ensureFirstAdmin(system);
    if (first.state !== 'invited' || second.state !== 'invited') throw new Error('no link was made');
    const attempt = (url: string) =>
      join(registry.viewer, {
        token: url.split('/').at(-1) ?? '',
        name: 'Ada',
        email: 'ada@example.com',
        password: 'a long password',
      });
    await expect(attempt(first.url)).rejects.toMatchObject({ code: 'not-found' });
    const { id } = await attempt(second.url);
    expect(await ensureFirstAdmin(system)).toEqual({ state: 'present' });
    expect((await registry.events('person.join', id))[0]).toMatchObject({ actorId: id, outcome: 'succeeded' });
    for (const change of [{ role: 'viewer' as const }, { disabled: true }]) {
      await expect(updatePerson(registry.admin, { id, change })).rejects.toMatchObject({ code: 'refused' });
    }
    await expect(attempt(second.url)).rejects.toMatchObject({ code: 'not-found' });
  });
});
