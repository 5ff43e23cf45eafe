import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as applicationsRoute from '../../app/api/v1/applications/route.ts';
import * as clustersRoute from '../../app/api/v1/clusters/route.ts';
import * as invitationsRoute from '../../app/api/v1/people/invitations/route.ts';
import * as projectsRoute from '../../app/api/v1/projects/route.ts';
import * as repositoriesRoute from '../../app/api/v1/repositories/route.ts';
import { ROUTES } from '#lib/contracts/routes.ts';
import { type Door, openDoor } from '#lib/testing/door.ts';
import type { RouteHandler } from './handler.ts';

type Name = keyof typeof ROUTES;
/** Every write that somebody may be refused; a new one does not compile until it stands in the table below. */
type Write = { [One in Name]: (typeof ROUTES)[One]['method'] extends 'GET' ? never : One }[Name];
type Refusable = Exclude<Write, 'signIn' | 'signOut' | 'join'>;

const ids = {
  project: '',
  cluster: '',
  repository: '',
  application: '',
  invitation: '',
  person: '',
  other: randomUUID(),
};
const TOKEN = { kind: 'token', token: 'a-token' };
const ENDPOINT = { server: 'https://k8s.example', credential: TOKEN };
const HEALTH_RULE = { group: 'db.example.com', kind: 'Database', clauses: [{ when: 'true', status: 'Healthy' }] };
const KUBECONFIG = 'apiVersion: v1\nkind: Config\n';
const URL = 'https://git.example.com/shop/other.git';

/** What each is called with by a viewer: a sane body, and the id of its path. */
const CALLS: Record<Refusable, { id?: keyof typeof ids; body?: () => unknown }> = {
  updatePerson: { id: 'person', body: () => ({ role: 'admin' }) },
  invitePerson: { body: () => ({ email: 'friend@example.com', role: 'admin' }) },
  withdrawInvitation: { id: 'invitation' },
  createCluster: { body: () => ({ ...ENDPOINT, name: 'other' }) },
  updateCluster: { id: 'cluster', body: () => ({ access: 'full' }) },
  deleteCluster: { id: 'cluster' },
  rotateClusterCredential: { id: 'cluster', body: () => ({ credential: TOKEN }) },
  testCluster: { id: 'cluster' },
  testNewCluster: { body: () => ENDPOINT },
  readKubeconfig: { body: () => ({ kubeconfig: KUBECONFIG }) },
  importKubeconfig: { body: () => ({ kubeconfig: KUBECONFIG, contexts: [{ context: 'c', name: 'c' }] }) },
  createRepository: { body: () => ({ name: 'other', url: URL }) },
  updateRepository: { id: 'repository', body: () => ({ pollIntervalSeconds: 10 }) },
  deleteRepository: { id: 'repository' },
  refreshRepository: { id: 'repository' },
  testRepository: { id: 'repository' },
  testNewRepository: { body: () => ({ url: URL }) },
  createWebhookSecret: { id: 'repository' },
  createProject: { body: () => ({ name: 'other' }) },
  updateProject: { id: 'project', body: () => ({ name: 'other' }) },
  deleteProject: { id: 'project' },
  updateSystemIgnoreRules: { body: () => ({ ignoreRules: [] }) },
  createHealthRule: { body: () => HEALTH_RULE },
  updateHealthRule: { id: 'other', body: () => HEALTH_RULE },
  deleteHealthRule: { id: 'other' },
  tryHealthRule: { body: () => ({ rule: HEALTH_RULE, object: 'kind: Database' }) },
  createApplication: {
    body: () => ({
      name: 'other',
      projectId: ids.project,
      clusterId: ids.cluster,
      namespace: 'other',
      source: { repositoryId: ids.repository },
    }),
  },
  updateApplication: { id: 'application', body: () => ({ version: 1, labels: { team: 'mine' } }) },
  deleteApplication: { id: 'application' },
  refreshApplication: { id: 'application' },
  requestPlan: { id: 'application', body: () => ({ kind: 'sync', prune: false }) },
  requestOperation: { id: 'application', body: () => ({ planId: randomUUID(), planHash: 'a'.repeat(64) }) },
  terminateOperation: { id: 'other' },
  suspendApplication: {
    id: 'application',
    body: () => ({ reason: 'maintenance', expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
  },
  resumeApplication: { id: 'application' },
  releasePin: { id: 'application' },
};

let door: Door;
beforeAll(async () => {
  door = await openDoor();
  ids.project = await door.create(projectsRoute.POST, { name: 'shop' });
  ids.cluster = await door.create(clustersRoute.POST, { ...ENDPOINT, name: 'production' });
  ids.repository = await door.create(repositoriesRoute.POST, {
    name: 'storefront',
    url: 'https://git.example.com/a.git',
  });
  ids.application = await door.create(applicationsRoute.POST, {
    name: 'web',
    projectId: ids.project,
    clusterId: ids.cluster,
    namespace: 'web',
    source: { repositoryId: ids.repository },
  });
  ids.invitation = await door.create(invitationsRoute.POST, { email: 'new@example.com', role: 'viewer' });
  ids.person = (await door.database.prisma.user.findFirstOrThrow({ where: { role: 'operator' } })).id;
});
afterAll(() => door.close());

async function handlerOf(name: Refusable): Promise<RouteHandler> {
  const { path: url, method } = ROUTES[name];
  const file = path.resolve(import.meta.dirname, '../../app', `.${url.replaceAll(/\{(\w+)\}/g, '[$1]')}`, 'route.ts');
  const route = (await import(/* @vite-ignore */ file)) as Partial<Record<string, RouteHandler>>;
  return route[method] ?? Promise.reject(new Error(`${file} has no ${method}`));
}

/** Everything but sessions, which slide, and the audit itself. */
async function stateOf(): Promise<unknown> {
  const { prisma } = door.database;
  return Promise.all([
    prisma.user.findMany({ select: { id: true, role: true, disabledAt: true } }),
    prisma.invitation.findMany(),
    prisma.cluster.findMany(),
    prisma.clusterCredential.findMany(),
    prisma.repository.findMany(),
    prisma.repositoryCredential.findMany(),
    prisma.project.findMany(),
    prisma.healthRule.findMany(),
    prisma.application.findMany(),
    prisma.operation.findMany(),
    prisma.plan.findMany(),
    prisma.suspension.findMany(),
    prisma.inquiry.findMany(),
  ]);
}

describe('a viewer is refused, in the audit too, and nothing changes:', () => {
  test.each(Object.entries(CALLS) as [Refusable, (typeof CALLS)[Refusable]][])('%s', async (name, { id, body }) => {
    const [handler, before] = [await handlerOf(name), await stateOf()];
    const where = { actorName: 'viewer', outcome: 'refused' };
    const count = await door.database.prisma.auditEvent.count({ where });
    const response = await door.call(handler, {
      method: ROUTES[name].method,
      role: 'viewer',
      ...(id === undefined ? {} : { params: { id: ids[id] } }),
      ...(body === undefined ? {} : { body: body() }),
    });
    expect([response.status, await response.json()]).toMatchObject([
      403,
      { code: 'forbidden', requestId: expect.any(String) },
    ]);
    expect(await door.database.prisma.auditEvent.count({ where })).toBe(count + 1);
    expect(await stateOf()).toEqual(before);
  });
});
