import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as applicationRoute from '../../app/api/v1/applications/[id]/route.ts';
import * as refreshRoute from '../../app/api/v1/applications/[id]/refresh/route.ts';
import * as applicationsRoute from '../../app/api/v1/applications/route.ts';
import * as exportRoute from '../../app/api/v1/audit/export/route.ts';
import * as auditRoute from '../../app/api/v1/audit/route.ts';
import * as credentialRoute from '../../app/api/v1/clusters/[id]/credential/route.ts';
import * as clusterRoute from '../../app/api/v1/clusters/[id]/route.ts';
import * as importRoute from '../../app/api/v1/clusters/import/route.ts';
import * as kubeconfigRoute from '../../app/api/v1/clusters/kubeconfig/route.ts';
import * as clustersRoute from '../../app/api/v1/clusters/route.ts';
import * as joinRoute from '../../app/api/v1/join/route.ts';
import * as personRoute from '../../app/api/v1/people/[id]/route.ts';
import * as invitationsRoute from '../../app/api/v1/people/invitations/route.ts';
import * as peopleRoute from '../../app/api/v1/people/route.ts';
import * as projectsRoute from '../../app/api/v1/projects/route.ts';
import * as repositoryRoute from '../../app/api/v1/repositories/[id]/route.ts';
import * as secretRoute from '../../app/api/v1/repositories/[id]/webhook-secret/route.ts';
import * as repositoriesRoute from '../../app/api/v1/repositories/route.ts';
import * as sessionRoute from '../../app/api/v1/session/route.ts';
import * as streamRoute from '../../app/api/v1/stream/route.ts';
import type { Role } from '#lib/domain/policy/roles.ts';
import { createTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { addPerson, createTestHouse, dumpDatabase } from '#lib/testing/house.ts';
import type { WebHouse } from '#lib/wiring.ts';
import type { RouteHandler } from './handler.ts';

const PASSWORD = 'correct horse battery';
const CANARY = 'canary-2f9d41c7-value';
let database: TestDatabase;
let house: WebHouse;
const cookies = new Map<Role, string>();
const ids = { project: '', cluster: '', repository: '', application: '', person: '' };

interface Call {
  method?: string;
  body?: unknown;
  role?: Role | undefined;
  cookie?: string;
  params?: Record<string, string>;
  query?: string;
  headers?: Record<string, string>;
}

async function call(handler: RouteHandler, given: Call = {}): Promise<Response> {
  const cookie = given.cookie ?? (given.role ? cookies.get(given.role) : undefined);
  const request = new Request(`http://127.0.0.1:3000/api/v1/test${given.query ?? ''}`, {
    method: given.method ?? 'GET',
    headers: {
      host: '127.0.0.1:3000',
      'content-type': 'application/json',
      ...(cookie === undefined ? {} : { cookie }),
      ...given.headers,
    },
    ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
  });
  return handler(request, { params: Promise.resolve(given.params ?? {}) });
}

async function json(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>;
}

const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
const signIn = (email: string, password = PASSWORD) =>
  call(sessionRoute.POST, { method: 'POST', body: { email, password } });
const create = async (handler: RouteHandler, body: unknown) => {
  const response = await call(handler, { method: 'POST', role: 'admin', body });
  expect(response.status, await response.clone().text()).toBe(201);
  return String((await json(response))['id']);
};

beforeAll(async () => {
  database = await createTestDatabase();
  house = createTestHouse(database);
  globalThis.quarterdeckHouse = Promise.resolve(house);
  const passwordHash = await hashPassword(PASSWORD);
  for (const role of ['viewer', 'operator', 'admin'] as const) {
    const id = await addPerson(database, { email: `${role}@example.com`, role, passwordHash });
    if (role === 'viewer') ids.person = id;
    const response = await signIn(`${role}@example.com`);
    expect(response.status).toBe(200);
    cookies.set(role, cookieOf(response));
  }
  ids.project = await create(projectsRoute.POST, { name: 'shop' });
  ids.cluster = await create(clustersRoute.POST, {
    name: 'production',
    server: 'https://127.0.0.1:6443',
    credential: { kind: 'token', token: CANARY },
  });
  ids.repository = await create(repositoriesRoute.POST, {
    name: 'storefront',
    url: 'https://git.example.com/storefront.git',
    credential: { kind: 'https-token', token: CANARY },
  });
  ids.application = await create(applicationsRoute.POST, {
    name: 'web',
    projectId: ids.project,
    clusterId: ids.cluster,
    namespace: 'web',
    source: { repositoryId: ids.repository, path: 'web' },
  });
});

afterAll(async () => {
  globalThis.quarterdeckHouse = undefined;
  await house.hub.close();
  await database.drop();
});

describe('sessions', () => {
  test('the cookie is for this site and no script', async () => {
    const response = await signIn('Viewer@Example.com');
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('an unknown e-mail and a wrong password get the same answer, audited without the e-mail', async () => {
    const answers = await Promise.all([
      signIn('nobody-here@example.com'),
      signIn('viewer@example.com', 'wrong password'),
    ]);
    const [one, two] = await Promise.all(answers.map(json));
    expect(answers.map((answer) => answer.status)).toEqual([401, 401]);
    expect({ ...one, requestId: '' }).toEqual({ ...two, requestId: '' });
    expect(await dumpDatabase(database)).not.toContain('nobody-here');
    const refused = await database.prisma.auditEvent.findMany({ where: { verb: 'session.start', outcome: 'refused' } });
    expect(refused.map((event) => event.targetName).sort()).toEqual(['unknown e-mail', 'viewer@example.com']);
  });

  test('attempts on one account are limited', async () => {
    const statuses = [];
    for (let attempt = 0; attempt < 12; attempt += 1) statuses.push((await signIn('limited@example.com')).status);
    expect(statuses.slice(0, 10).every((status) => status === 401)).toBe(true);
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  test('signing out ends it on the server', async () => {
    const cookie = cookieOf(await signIn('viewer@example.com'));
    expect((await call(sessionRoute.GET, { cookie })).status).toBe(200);
    expect((await call(sessionRoute.DELETE, { method: 'DELETE', cookie })).status).toBe(204);
    expect((await call(sessionRoute.GET, { cookie })).status).toBe(401);
  });

  test('a forged cookie is nobody', async () => {
    const cookie = cookies.get('admin')?.replace(/\.[^.]*$/, '.AAAA') ?? '';
    expect((await call(sessionRoute.GET, { cookie })).status).toBe(401);
  });

  test('whoever is shut out is out at once, and the role holds at once', async () => {
    const passwordHash = await hashPassword(PASSWORD);
    const id = await addPerson(database, { email: 'leaver@example.com', role: 'admin', passwordHash });
    const cookie = cookieOf(await signIn('leaver@example.com'));
    const change = (body: unknown) => call(personRoute.PATCH, { method: 'PATCH', role: 'admin', params: { id }, body });
    expect((await call(peopleRoute.GET, { cookie })).status).toBe(200);
    expect((await change({ role: 'viewer' })).status).toBe(200);
    expect((await call(peopleRoute.GET, { cookie })).status).toBe(403);
    expect((await change({ disabled: true })).status).toBe(200);
    expect((await call(sessionRoute.GET, { cookie })).status).toBe(401);
    expect((await signIn('leaver@example.com')).status).toBe(401);
  });

  test('an invited person joins once, with the address the link is for', async () => {
    const invited = await json(
      await call(invitationsRoute.POST, {
        method: 'POST',
        role: 'admin',
        body: { email: 'new@example.com', role: 'operator' },
      }),
    );
    const token = String(invited['url']).split('/').at(-1) ?? '';
    const attempt = (email: string) =>
      call(joinRoute.POST, { method: 'POST', body: { token, name: 'New', email, password: PASSWORD } });
    expect((await attempt('other@example.com')).status).toBe(400);
    const joined = await attempt('new@example.com');
    expect(joined.status).toBe(201);
    expect(await json(joined)).toMatchObject({ user: { role: 'operator' } });
    expect((await attempt('new@example.com')).status).toBe(404);
    expect(await dumpDatabase(database)).not.toContain(token);
  });
});

describe('who may what', () => {
  const everybody = ['viewer', 'operator', 'admin'] as const;
  const id = (noun: keyof typeof ids) => ({
    get id() {
      return ids[noun];
    },
  });
  /** Bodies break a rule after the access check, so that nothing changes when a role passes it. */
  const table: [name: string, handler: RouteHandler, call: Call, allowed: readonly Role[], verb?: string][] = [
    ['read the session', sessionRoute.GET, {}, everybody],
    ['list people', peopleRoute.GET, {}, ['admin']],
    [
      'update a person',
      personRoute.PATCH,
      { method: 'PATCH', params: { id: 'nobody' }, body: { role: 'viewer' } },
      ['admin'],
      'person.update',
    ],
    [
      'invite',
      invitationsRoute.POST,
      { method: 'POST', body: { email: 'viewer@example.com', role: 'viewer' } },
      ['admin'],
      'person.invite',
    ],
    ['list clusters', clustersRoute.GET, {}, everybody],
    [
      'register a cluster',
      clustersRoute.POST,
      { method: 'POST', body: { name: 'x', server: 'http://example.com', credential: { kind: 'in-cluster' } } },
      ['admin'],
      'cluster.create',
    ],
    [
      'update a cluster',
      clusterRoute.PATCH,
      { method: 'PATCH', params: { id: randomUUID() }, body: {} },
      ['admin'],
      'cluster.update',
    ],
    ['delete a cluster', clusterRoute.DELETE, { method: 'DELETE', params: id('cluster') }, ['admin'], 'cluster.delete'],
    [
      'rotate a credential',
      credentialRoute.PUT,
      { method: 'PUT', params: { id: randomUUID() }, body: { credential: { kind: 'in-cluster' } } },
      ['admin'],
      'credential.rotate',
    ],
    [
      'read a kubeconfig',
      kubeconfigRoute.POST,
      { method: 'POST', body: { kubeconfig: 'x' } },
      ['admin'],
      'cluster.create',
    ],
    [
      'import a kubeconfig',
      importRoute.POST,
      { method: 'POST', body: { kubeconfig: 'x', contexts: [{ context: 'c', name: 'c' }] } },
      ['admin'],
      'cluster.create',
    ],
    ['list repositories', repositoriesRoute.GET, {}, everybody],
    [
      'register a repository',
      repositoriesRoute.POST,
      { method: 'POST', body: { name: 'x', url: 'ftp://x/y' } },
      ['admin'],
      'repository.create',
    ],
    [
      'update a repository',
      repositoryRoute.PATCH,
      { method: 'PATCH', params: { id: randomUUID() }, body: {} },
      ['admin'],
      'repository.update',
    ],
    [
      'delete a repository',
      repositoryRoute.DELETE,
      { method: 'DELETE', params: id('repository') },
      ['admin'],
      'repository.delete',
    ],
    [
      'make a webhook secret',
      secretRoute.POST,
      { method: 'POST', params: { id: randomUUID() } },
      ['admin'],
      'repository.webhook',
    ],
    ['make a project', projectsRoute.POST, { method: 'POST', body: { name: 'shop' } }, ['admin'], 'project.create'],
    ['list applications', applicationsRoute.GET, {}, everybody],
    ['read an application', applicationRoute.GET, { params: id('application') }, everybody],
    [
      'declare an application',
      applicationsRoute.POST,
      {
        method: 'POST',
        body: {
          name: 'x',
          projectId: randomUUID(),
          clusterId: randomUUID(),
          namespace: 'x',
          source: { repositoryId: randomUUID() },
        },
      },
      ['admin'],
      'application.create',
    ],
    [
      'update an application',
      applicationRoute.PATCH,
      { method: 'PATCH', params: id('application'), body: { version: 999 } },
      ['admin'],
      'application.update',
    ],
    [
      'delete an application',
      applicationRoute.DELETE,
      { method: 'DELETE', params: { id: randomUUID() } },
      ['admin'],
      'application.delete',
    ],
    [
      'refresh an application',
      refreshRoute.POST,
      { method: 'POST', params: { id: randomUUID() } },
      ['operator', 'admin'],
      'application.refresh',
    ],
    ['read the audit', auditRoute.GET, {}, everybody],
  ];

  test.each(table)('%s', async (_name, handler, given, allowed, verb) => {
    expect((await call(handler, given)).status).toBe(401);
    for (const role of everybody) {
      const where = { verb: verb ?? '', outcome: 'refused', actorName: role };
      const before = await database.prisma.auditEvent.count({ where });
      const { status } = await call(handler, { ...given, role });
      if (allowed.includes(role)) expect([401, 403, 500]).not.toContain(status);
      else expect(status).toBe(403);
      const written = (await database.prisma.auditEvent.count({ where })) - before;
      expect(written).toBe(verb !== undefined && !allowed.includes(role) ? 1 : 0);
    }
  });

  test('an export needs operator and is audited, refused ones too', async () => {
    const query = '?format=jsonl&verb=audit';
    expect((await call(exportRoute.GET, { role: 'viewer', query })).status).toBe(403);
    const exported = await call(exportRoute.GET, { role: 'operator', query });
    const lines = (await exported.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { verb: string });
    expect(lines.every((line) => line.verb === 'audit.export')).toBe(true);
    expect(lines).toHaveLength(1);
  });
});

describe('the door', () => {
  test('refuses a write from a page of another site, signed in or not', async () => {
    const headers = { origin: 'https://evil.example' };
    const response = await call(projectsRoute.POST, { method: 'POST', role: 'admin', headers, body: { name: 'evil' } });
    expect(response.status).toBe(403);
    expect(await database.prisma.project.count({ where: { name: 'evil' } })).toBe(0);
  });

  test('takes JSON only, small enough, and answers with the request id', async () => {
    const post = (given: Call) => call(projectsRoute.POST, { method: 'POST', role: 'admin', ...given });
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
      const page = await json(await call(auditRoute.GET, { role: 'viewer', query }));
      seen.push(...(page['items'] as { sequence: string }[]).map((item) => item.sequence));
      if (page['nextCursor'] === null) break;
      query = `?limit=7&cursor=${String(page['nextCursor'])}`;
    }
    const all = await database.prisma.auditEvent.findMany({ orderBy: { sequence: 'desc' } });
    expect(seen).toEqual(all.map((event) => event.sequence.toString()));
  });
});

describe('the stream', () => {
  test('tells what changed with its row, and ends when the session does', async () => {
    const cookie = cookieOf(await signIn('operator@example.com'));
    const response = await call(streamRoute.GET, { cookie });
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
      call(applicationRoute.PATCH, { method: 'PATCH', role: 'admin', params: { id: ids.application }, body });
    expect((await change({ version: 1, labels: { team: 'web' } })).status).toBe(200);
    expect(await readUntil(`"rows":[{"id":"${ids.application}"`)).toBe(true);
    await call(sessionRoute.DELETE, { method: 'DELETE', cookie });
    expect(await readUntil('never sent')).toBe(false);
  });
});

describe('credentials', () => {
  test('are in no column and no answer, whichever verb took them', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const keyLine = pem.split('\n')[1] ?? '';
    const answers = await Promise.all([
      call(clustersRoute.POST, {
        method: 'POST',
        role: 'admin',
        body: { name: 'b', server: 'https://b.example', credential: { kind: 'token', token: CANARY } },
      }),
      call(credentialRoute.PUT, {
        method: 'PUT',
        role: 'admin',
        params: { id: ids.cluster },
        body: { credential: { kind: 'token', token: `${CANARY}-2` } },
      }),
      call(repositoriesRoute.POST, {
        method: 'POST',
        role: 'admin',
        body: {
          name: 'ssh',
          url: 'git@git.example.com:a/b.git',
          credential: { kind: 'ssh-key', privateKey: pem, knownHosts: 'git.example.com ssh-ed25519 AAAA' },
        },
      }),
      call(repositoryRoute.PATCH, {
        method: 'PATCH',
        role: 'admin',
        params: { id: ids.repository },
        body: { credential: { kind: 'https-token', token: `${CANARY}-3` } },
      }),
      call(clustersRoute.POST, {
        method: 'POST',
        role: 'admin',
        body: { name: 'c', server: `https://u:${CANARY}@b.example`, credential: { kind: 'token', token: CANARY } },
      }),
      call(clustersRoute.POST, {
        method: 'POST',
        role: 'viewer',
        body: { name: 'd', server: 'https://b.example', credential: { kind: 'token', token: CANARY } },
      }),
      call(clustersRoute.GET, { role: 'admin' }),
      call(repositoriesRoute.GET, { role: 'admin' }),
      call(auditRoute.GET, { role: 'admin' }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([201, 200, 201, 200, 400, 403, 200, 200, 200]);
    const told = (await Promise.all(answers.map((answer) => answer.text()))).join('\n');
    const stored = await dumpDatabase(database);
    const forms = [
      CANARY,
      Buffer.from(CANARY).toString('base64').slice(0, 24),
      Buffer.from(CANARY).toString('hex'),
      keyLine,
      PASSWORD,
    ];
    for (const form of forms) {
      expect(told).not.toContain(form);
      expect(stored).not.toContain(form);
    }
    // The dump would have shown it: what is not secret is there.
    expect(stored).toContain('https://b.example');
    const sealed = await database.prisma.clusterCredential.findUniqueOrThrow({ where: { clusterId: ids.cluster } });
    expect(house.keyring.open(sealed, `cluster:${ids.cluster}`)).toContain(`${CANARY}-2`);
  });
});
