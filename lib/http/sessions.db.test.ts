import { hashPassword } from 'better-auth/crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as joinRoute from '../../app/api/v1/join/route.ts';
import * as personRoute from '../../app/api/v1/people/[id]/route.ts';
import * as invitationsRoute from '../../app/api/v1/people/invitations/route.ts';
import * as peopleRoute from '../../app/api/v1/people/route.ts';
import * as sessionRoute from '../../app/api/v1/session/route.ts';
import { addPerson, dumpDatabase } from '#lib/testing/house.ts';
import { cookieOf, type Door, json, openDoor, PASSWORD } from '#lib/testing/door.ts';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

describe('sessions', () => {
  test('the cookie is for this site and no script', async () => {
    const response = await door.signIn('Viewer@Example.com');
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('an unknown e-mail and a wrong password get the same answer, audited without the e-mail', async () => {
    const answers = await Promise.all([
      door.signIn('nobody-here@example.com'),
      door.signIn('viewer@example.com', 'wrong password'),
    ]);
    const [one, two] = await Promise.all(answers.map(json));
    expect(answers.map((answer) => answer.status)).toEqual([401, 401]);
    expect({ ...one, requestId: '' }).toEqual({ ...two, requestId: '' });
    expect(await dumpDatabase(door.database)).not.toContain('nobody-here');
    const refused = await door.database.prisma.auditEvent.findMany({
      where: { verb: 'session.start', outcome: 'refused' },
    });
    expect(refused.map((event) => event.targetName).sort()).toEqual(['unknown e-mail', 'viewer@example.com']);
  });

  test('attempts on one account are limited', async () => {
    const statuses = [];
    for (let attempt = 0; attempt < 12; attempt += 1) statuses.push((await door.signIn('limited@example.com')).status);
    expect(statuses.slice(0, 10).every((status) => status === 401)).toBe(true);
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  test('one-time links cannot be tried out for long', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.9' };
    const body = { token: 'a'.repeat(43), name: 'Eve', email: 'eve@example.com', password: PASSWORD };
    const attempt = async () => (await door.call(joinRoute.POST, { method: 'POST', headers, body })).status;
    const statuses: number[] = [];
    while (statuses.length < 31) statuses.push(await attempt());
    expect(new Set(statuses.slice(0, 30))).toEqual(new Set([404]));
    expect(statuses[30]).toBe(429);
  });

  test('signing out ends it on the server', async () => {
    const cookie = cookieOf(await door.signIn('viewer@example.com'));
    expect((await door.call(sessionRoute.GET, { cookie })).status).toBe(200);
    expect((await door.call(sessionRoute.DELETE, { method: 'DELETE', cookie })).status).toBe(204);
    expect((await door.call(sessionRoute.GET, { cookie })).status).toBe(401);
  });

  test('a forged cookie is nobody', async () => {
    const cookie = door.cookies.get('admin')?.replace(/\.[^.]*$/, '.AAAA') ?? '';
    expect((await door.call(sessionRoute.GET, { cookie })).status).toBe(401);
  });

  test('whoever is shut out is out at once, and the role holds at once', async () => {
    const passwordHash = await hashPassword(PASSWORD);
    const id = await addPerson(door.database, { email: 'leaver@example.com', role: 'admin', passwordHash });
    const cookie = cookieOf(await door.signIn('leaver@example.com'));
    const change = (body: unknown) =>
      door.call(personRoute.PATCH, { method: 'PATCH', role: 'admin', params: { id }, body });
    expect((await door.call(peopleRoute.GET, { cookie })).status).toBe(200);
    expect((await change({ role: 'viewer' })).status).toBe(200);
    expect((await door.call(peopleRoute.GET, { cookie })).status).toBe(403);
    expect((await change({ disabled: true })).status).toBe(200);
    expect((await door.call(sessionRoute.GET, { cookie })).status).toBe(401);
    expect((await door.signIn('leaver@example.com')).status).toBe(401);
  });

  test('an invited person joins once, with the address the link is for', async () => {
    const invited = await json(
      await door.call(invitationsRoute.POST, {
        method: 'POST',
        role: 'admin',
        body: { email: 'new@example.com', role: 'operator' },
      }),
    );
    const token = JSON.stringify(invited['url']).slice(1, -1).split('/').at(-1) ?? '';
    const attempt = (email: string) =>
      door.call(joinRoute.POST, { method: 'POST', body: { token, name: 'New', email, password: PASSWORD } });
    expect((await attempt('other@example.com')).status).toBe(400);
    const joined = await attempt('new@example.com');
    expect(joined.status).toBe(201);
    expect(await json(joined)).toMatchObject({ user: { role: 'operator' } });
    expect((await attempt('new@example.com')).status).toBe(404);
    expect(await dumpDatabase(door.database)).not.toContain(token);
  });
});
