import type { Database } from '#lib/database/client.ts';

export interface SeedSize {
  applications: number;
  clusters: number;
}

/**
 * A fleet as rows: one project and one repository, applications spread over clusters, a fifth out of sync, a tenth
 * unhealthy, each with the commit it targets. For lists; nothing of it exists outside the database.
 */
export async function seedApplications({ prisma }: Database, size: SeedSize): Promise<void> {
  await prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`INSERT INTO "Project" (id, name, "updatedAt") VALUES (uuidv7(), 'fleet', now())`;
      await tx.$executeRaw`
        INSERT INTO "Repository" (id, name, url, "updatedAt")
        VALUES (uuidv7(), 'fleet', 'https://git.example/fleet.git', now())`;
      await tx.$executeRaw`
        INSERT INTO "Revision" ("repositoryId", sha, "treeHash", "authorName", "authorEmail", "authoredAt", "committerName", "committedAt", subject)
        SELECT id, md5(n::text) || '00000000', md5('tree' || n), 'Ada', 'ada@example.com', now(), 'Ada', now(), 'Change number ' || n
        FROM "Repository", generate_series(1, 100) AS n`;
      await tx.$executeRaw`
        INSERT INTO "Cluster" (id, name, server, status, "updatedAt")
        SELECT uuidv7(), 'cluster-' || lpad(n::text, 4, '0'), 'https://cluster-' || n || '.example', 'connected', now()
        FROM generate_series(1, ${size.clusters}::int) AS n`;
      await tx.$executeRaw`
        INSERT INTO "Application" (id, name, "projectId", "clusterId", namespace, "repositoryId", "targetRevision", path, labels, "updatedAt")
        SELECT uuidv7(), 'application-' || lpad(n::text, 5, '0'), project.id, cluster.id, 'team-' || n % 40, repository.id, 'main',
          'apps/' || n, jsonb_build_object('team', 'team-' || n % 40), now()
        FROM generate_series(1, ${size.applications}::int) AS n
        JOIN (SELECT id, row_number() OVER (ORDER BY name) AS at FROM "Cluster") AS cluster ON cluster.at = 1 + n % ${size.clusters}::int
        CROSS JOIN "Project" AS project CROSS JOIN "Repository" AS repository`;
      await tx.$executeRaw`
        INSERT INTO "ApplicationState" ("applicationId", name, "projectName", "clusterId", "clusterName", namespace, agent,
          "repositoryId", sync, health, attention, "attentionReason", cause, "causeFingerprint", "targetSha", "deployedSha",
          "deployedAt", "objectCount", "outOfSyncCount", "searchText")
        SELECT id, name, 'fleet', "clusterId", "clusterName", namespace, 'native', "repositoryId",
          CASE WHEN n % 5 = 0 THEN 'OutOfSync' ELSE 'Synced' END,
          CASE WHEN n % 10 = 0 THEN 'Degraded' ELSE 'Healthy' END,
          CASE WHEN n % 10 = 0 THEN 60 WHEN n % 5 = 0 THEN 30 ELSE 0 END,
          CASE WHEN n % 10 = 0 THEN 'degraded' WHEN n % 5 = 0 THEN 'pending change' ELSE '' END,
          CASE WHEN n % 10 = 0 THEN 'Deployment web: 1 of 3 pods are ready.' ELSE '' END,
          CASE WHEN n % 10 = 0 THEN 'cause-' || n % 30 ELSE '' END,
          md5((1 + n % 100)::text) || '00000000', md5((1 + n % 100)::text) || '00000000',
          now() - n * interval '1 minute', 12, CASE WHEN n % 5 = 0 THEN 2 ELSE 0 END,
          name || ' fleet ' || "clusterName" || ' ' || namespace
        FROM (SELECT application.*, cluster.name AS "clusterName", row_number() OVER (ORDER BY application.name) AS n
          FROM "Application" AS application JOIN "Cluster" AS cluster ON cluster.id = application."clusterId") AS declared`;
    },
    { timeout: 120_000 },
  );
  await prisma.$executeRaw`ANALYZE`;
}
