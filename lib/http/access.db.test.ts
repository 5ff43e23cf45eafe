import { generateKeyPairSync, randomUUID } from 'node:crypto';
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
import * as personRoute from '../../app/api/v1/people/[id]/route.ts';
import * as invitationsRoute from '../../app/api/v1/people/invitations/route.ts';
import * as peopleRoute from '../../app/api/v1/people/route.ts';
import * as projectsRoute from '../../app/api/v1/projects/route.ts';
import * as repositoryRoute from '../../app/api/v1/repositories/[id]/route.ts';
import * as secretRoute from '../../app/api/v1/repositories/[id]/webhook-secret/route.ts';
import * as repositoriesRoute from '../../app/api/v1/repositories/route.ts';
import * as sessionRoute from '../../app/api/v1/session/route.ts';
import type { Role } from '#lib/domain/policy/roles.ts';
import { dumpDatabase } from '#lib/testing/house.ts';
import type { RouteHandler } from './handler.ts';
import { type Call, type Door, openDoor, PASSWORD } from '#lib/testing/door.ts';

const CANARY = 'canary-2f9d41c7-value';
let door: Door;
const ids = { project: '', cluster: '', repository: '', application: '' };

beforeAll(async () => {
  door = await openDoor();
  ids.project = await door.create(projectsRoute.POST, { name: 'shop' });
  ids.cluster = await door.create(clustersRoute.POST, {
    name: 'production',
    server: 'https://127.0.0.1:6443',
    credential: { kind: 'token', token: CANARY },
  });
  ids.repository = await door.create(repositoriesRoute.POST, {
    name: 'storefront',
    url: 'https://git.example.com/storefront.git',
    credential: { kind: 'https-token', token: CANARY },
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
    expect((await door.call(handler, given)).status).toBe(401);
    for (const role of everybody) {
      const where = { verb: verb ?? '', outcome: 'refused', actorName: role };
      const before = await door.database.prisma.auditEvent.count({ where });
      const { status } = await door.call(handler, { ...given, role });
      if (allowed.includes(role)) expect([401, 403, 500]).not.toContain(status);
      else expect(status).toBe(403);
      const written = (await door.database.prisma.auditEvent.count({ where })) - before;
      expect(written).toBe(verb !== undefined && !allowed.includes(role) ? 1 : 0);
    }
  });

  test('an export needs operator and is audited, refused ones too', async () => {
    const query = '?format=jsonl&verb=audit';
    expect((await door.call(exportRoute.GET, { role: 'viewer', query })).status).toBe(403);
    const exported = await door.call(exportRoute.GET, { role: 'operator', query });
    const lines = (await exported.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { verb: string });
    expect(lines.every((line) => line.verb === 'audit.export')).toBe(true);
    expect(lines).toHaveLength(1);
  });
});

describe('credentials', () => {
  test('are in no column and no answer, whichever verb took them', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const keyLine = pem.split('\n')[1] ?? '';
    const answers = await Promise.all([
      door.call(clustersRoute.POST, {
        method: 'POST',
        role: 'admin',
        body: { name: 'b', server: 'https://b.example', credential: { kind: 'token', token: CANARY } },
      }),
      door.call(credentialRoute.PUT, {
        method: 'PUT',
        role: 'admin',
        params: { id: ids.cluster },
        body: { credential: { kind: 'token', token: `${CANARY}-2` } },
      }),
      door.call(repositoriesRoute.POST, {
        method: 'POST',
        role: 'admin',
        body: {
          name: 'ssh',
          url: 'git@git.example.com:a/b.git',
          credential: { kind: 'ssh-key', privateKey: pem, knownHosts: 'git.example.com ssh-ed25519 AAAA' },
        },
      }),
      door.call(repositoryRoute.PATCH, {
        method: 'PATCH',
        role: 'admin',
        params: { id: ids.repository },
        body: { credential: { kind: 'https-token', token: `${CANARY}-3` } },
      }),
      door.call(clustersRoute.POST, {
        method: 'POST',
        role: 'admin',
        body: { name: 'c', server: `https://u:${CANARY}@b.example`, credential: { kind: 'token', token: CANARY } },
      }),
      door.call(clustersRoute.POST, {
        method: 'POST',
        role: 'viewer',
        body: { name: 'd', server: 'https://b.example', credential: { kind: 'token', token: CANARY } },
      }),
      door.call(clustersRoute.GET, { role: 'admin' }),
      door.call(repositoriesRoute.GET, { role: 'admin' }),
      door.call(auditRoute.GET, { role: 'admin' }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([201, 200, 201, 200, 400, 403, 200, 200, 200]);
    const told = (await Promise.all(answers.map((answer) => answer.text()))).join('\n');
    const stored = await dumpDatabase(door.database);
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
    const sealed = await door.database.prisma.clusterCredential.findUniqueOrThrow({
      where: { clusterId: ids.cluster },
    });
    expect(door.house.keyring.open(sealed, `cluster:${ids.cluster}`)).toContain(`${CANARY}-2`);
  });
});
