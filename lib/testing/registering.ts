import { randomUUID } from 'node:crypto';
import type { Role } from '#lib/domain/policy/roles.ts';
import { createApplication } from '#lib/services/applications/create.ts';
import { createCluster } from '#lib/services/clusters/create.ts';
import { createProject } from '#lib/services/projects/manage.ts';
import { createRepository } from '#lib/services/repositories/create.ts';
import { createTestDatabase } from './database.ts';
import { contextOf, createTestHouse } from './house.ts';

export const named = (prefix: string) => `${prefix}-${randomUUID().slice(0, 8)}`;

/** A database of its own with somebody of each role and what tests register again and again. */
export async function openRegistry() {
  const database = await createTestDatabase();
  const house = createTestHouse(database);
  const as = (role: Role) => contextOf(house, role);
  const admin = as('admin');
  const cluster = (name = named('cluster')) =>
    createCluster(admin, {
      name,
      server: 'https://k8s.example:6443',
      credential: { kind: 'token', token: 'secret-token' },
    });
  const repository = (name = named('repository')) =>
    createRepository(admin, {
      name,
      url: `https://git.example.com/${name}.git`,
      credential: { kind: 'https-token', token: 'secret-token' },
    });
  const project = (name = named('project')) => createProject(admin, { name });
  return {
    database,
    house,
    admin,
    viewer: as('viewer'),
    operator: as('operator'),
    cluster,
    repository,
    project,
    /** An application at `web/` of a repository, project and cluster of its own. */
    async application(name = named('application')) {
      const [one, two, three] = await Promise.all([project(), cluster(), repository()]);
      const { id } = await createApplication(admin, {
        name,
        projectId: one.id,
        clusterId: two.id,
        namespace: 'web',
        source: { repositoryId: three.id, path: './web/' },
      });
      return { id, name, project: one, cluster: two, repository: three };
    },
    events: (verb: string, targetId: string) =>
      database.prisma.auditEvent.findMany({ where: { verb, targetId }, orderBy: { sequence: 'asc' } }),
    /** True when a job of this key is in its queue. */
    async waiting(kind: 'fetch' | 'render' | 'compare' | 'auto-sync', key: string): Promise<boolean> {
      const rows = await database.prisma.$queryRaw<{ count: bigint }[]>`
        SELECT count(*) AS count FROM pgboss.job WHERE name = ${`quarterdeck-${kind}`} AND data->>'key' = ${key}`;
      return Number(rows[0]?.count) > 0;
    },
    async close() {
      await house.hub.close();
      await database.drop();
    },
  };
}

export type Registry = Awaited<ReturnType<typeof openRegistry>>;
