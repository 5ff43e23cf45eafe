import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as applicationRoute from '../../app/api/v1/applications/[id]/route.ts';
import * as applicationsRoute from '../../app/api/v1/applications/route.ts';
import * as auditRoute from '../../app/api/v1/audit/route.ts';
import * as clustersRoute from '../../app/api/v1/clusters/route.ts';
import * as projectsRoute from '../../app/api/v1/projects/route.ts';
import * as repositoriesRoute from '../../app/api/v1/repositories/route.ts';
import * as sessionRoute from '../../app/api/v1/session/route.ts';
import * as streamRoute from '../../app/api/v1/stream/route.ts';
import { type Call, cookieOf, type Door, json, openDoor } from '#lib/testing/door.ts';

let door: Door;
const ids = { project: '', cluster: '', repository: '', application: '' };

beforeAll(async () => {
  door = await openDoor();
  ids.project = await door.create(projectsRoute.POST, { name: 'shop' });
  ids.cluster = await door.create(clustersRoute.POST, {
    name: 'production',
    server: 'https://127.0.0.1:6443',
    credential: { kind: 'token', token: 'a-token' },
  });
  ids.repository = await door.create(repositoriesRoute.POST, {
    name: 'storefront',
    url: 'https://git.example.com/storefront.git',
    credential: { kind: 'https-token', token: 'a-token' },
  });
  ids.application = await door.create(applicationsRoute.POST, {
    name: 'web',
    projectId: ids.project,
    clusterId: ids.cluster,
    namespace: 'web',
    source: { repositoryId: ids.repository, path: 'web' },
  });
});
afterAll(() => door.close());

describe('the door', () => {
  test('refuses a write from a page of another site, signed in or not', async () => {
    const headers = { origin: 'https://evil.example' };
    const response = await door.call(projectsRoute.POST, {
      method: 'POST',
      role: 'admin',
      headers,
      body: { name: 'evil' },
    });
    expect(response.status).toBe(403);
    expect(await door.database.prisma.project.count({ where: { name: 'evil' } })).toBe(0);
  });

  test('takes JSON only, small enough, and answers with the request id', async () => {
    const post = (given: Call) => door.call(projectsRoute.POST, { method: 'POST', role: 'admin', ...given });
    expect((await post({ body: {}, headers: { 'content-type': 'text/plain' } })).status).toBe(400);
    expect((await post({ body: { name: 'x', description: 'a'.repeat(1_100_000) } })).status).toBe(413);
    const response = await post({ body: { name: 'Not A Name' }, headers: { 'x-request-id': 'request-0001' } });
    expect(await json(response)).toMatchObject({
      code: 'invalid',
      requestId: 'request-0001',
      fields: [{ path: 'name' }],
    });
  });

  test('pages through the audit without a gap or a double', async () => {
    const seen: string[] = [];
    let query = '?limit=7';
    for (;;) {
      const page = await json(await door.call(auditRoute.GET, { role: 'viewer', query }));
      seen.push(...(page['items'] as { sequence: string }[]).map((item) => item.sequence));
      if (page['nextCursor'] === null) break;
      query = `?limit=7&cursor=${encodeURIComponent(JSON.stringify(page['nextCursor']).slice(1, -1))}`;
    }
    const all = await door.database.prisma.auditEvent.findMany({ orderBy: { sequence: 'desc' } });
    expect(seen).toEqual(all.map((event) => event.sequence.toString()));
  });
});

describe('the stream', () => {
  test('tells a screen that connects again to read again; all screens share one listener', async () => {
    const connect = async (headers: Record<string, string> = {}) => {
      const response = await door.call(streamRoute.GET, { role: 'viewer', headers });
      const reader = response.body?.getReader();
      const words = new TextDecoder().decode((await reader?.read())?.value);
      return { reader, words };
    };
    const fresh = await Promise.all(Array.from({ length: 5 }, () => connect()));
    expect(fresh.map(({ words }) => words)).toEqual(Array(5).fill('retry: 1000\n\n'));
    const again = await connect({ 'last-event-id': '7' });
    const { value } = (await again.reader?.read()) ?? {};
    expect(new TextDecoder().decode(value)).toContain('"type":"reset"');
    const listeners = await door.database.prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'LISTEN quarterdeck%'`;
    expect(listeners).toHaveLength(1);
    for (const { reader } of [...fresh, again]) await reader?.cancel();
  });

  test('tells what changed with its row, and ends when the session does', async () => {
    const cookie = cookieOf(await door.signIn('operator@example.com'));
    const response = await door.call(streamRoute.GET, { cookie });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let text = '';
    const readUntil = async (wanted: string) => {
      while (!text.includes(wanted)) {
        const part = await reader?.read();
        if (part?.done !== false) return false;
        text += decoder.decode(part.value);
      }
      return true;
    };
    const change = (body: unknown) =>
      door.call(applicationRoute.PATCH, { method: 'PATCH', role: 'admin', params: { id: ids.application }, body });
    expect((await change({ version: 1, labels: { team: 'web' } })).status).toBe(200);
    expect(await readUntil(`"rows":[{"id":"${ids.application}"`)).toBe(true);
    await door.call(sessionRoute.DELETE, { method: 'DELETE', cookie });
    expect(await readUntil('never sent')).toBe(false);
  });
});
