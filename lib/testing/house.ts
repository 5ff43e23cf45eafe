import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createGitSource } from '#lib/adapters/git/git-source.ts';
import { createKeyring, generateKey } from '#lib/adapters/keyring/keyring.ts';
import { createRenderer } from '#lib/adapters/render/renderer.ts';
import { type SandboxGit, startSandboxGit } from '#lib/sandbox/git/start-sandbox-git.ts';
import { ClusterError, type ClusterPort } from '#lib/ports/cluster.ts';
import type { Role } from '#lib/domain/policy/roles.ts';
import { type Actor, SYSTEM_ACTOR, type WorkerContext } from '#lib/services/context.ts';
import { repositoryCredentialPurpose } from '#lib/services/repositories/endpoint.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { FakeForge } from './fake-forge.ts';
import { FakeLive } from './fake-live.ts';

/** A whole house for verbs: real Postgres, real Git over HTTP, the real renderer, and a cluster in memory. */
export interface TestHouse {
  database: TestDatabase;
  git: SandboxGit;
  live: FakeLive;
  forge: FakeForge;
  /** Moves with `clock.at`. */
  clock: { at: Date; now(): Date };
  ctx: WorkerContext;
  as(role: Role): WorkerContext;
  /** A repository registered with its token, and an application that renders `path` of it. */
  createApplication(
    input?: Partial<NewTestApplication>,
  ): Promise<{ id: string; repositoryId: string; repository: string }>;
  stop(): Promise<void>;
}

export interface NewTestApplication {
  name: string;
  /** Name of the repository on the Git server; created when absent. */
  repository: string;
  path: string;
  targetRevision: string;
  syncPolicy: object;
  files: Record<string, string>;
}

const NO_CLUSTER: ClusterPort = {
  connect: () => {
    throw new ClusterError('unreachable', 'tests go through ports.live');
  },
  test: async () => ({ checks: [], version: undefined }),
};

/** Starts everything on loopback; `stop` leaves nothing behind. */
export async function startTestHouse(): Promise<TestHouse> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'quarterdeck-house-'));
  const database = await createTestDatabase('worker');
  const git = await startSandboxGit({ dataDir: path.join(folder, 'git'), stories: [] });
  const live = new FakeLive();
  const forge = new FakeForge();
  const clock = { at: new Date('2026-11-24T12:00:00Z'), now: () => new Date(clock.at) };
  const ctx: WorkerContext = {
    database,
    actor: SYSTEM_ACTOR,
    requestId: 'test',
    clock,
    keyring: createKeyring({ current: generateKey(), hashingSecret: generateKey() }),
    policy: {
      allowExec: false,
      allowInCluster: false,
      allowPlainHttpGit: true,
      allowFileGit: false,
      operationTimeoutSeconds: 300,
      origin: 'http://quarterdeck.test',
    },
    ports: {
      live,
      cluster: NO_CLUSTER,
      source: createGitSource({
        mirrorsDirectory: path.join(folder, 'mirrors'),
        allowFileUrls: false,
        allowPlainHttp: 'loopback',
        timeoutMs: 20_000,
      }),
      renderer: createRenderer({ toolsDirectory: path.join(folder, 'tools') }),
      forge,
    },
  };
  return {
    database,
    git,
    live,
    forge,
    clock,
    ctx,
    as: (role) => ({ ...ctx, actor: personOf(role) }),
    createApplication: (input) => createApplication({ ctx, git }, input),
    async stop() {
      await git.stop();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function personOf(role: Role): Actor {
  return { kind: 'user', id: `user-${role}`, name: `Test ${role}`, role };
}

let count = 0;

async function createApplication(
  { ctx, git }: { ctx: WorkerContext; git: SandboxGit },
  input: Partial<NewTestApplication> = {},
): Promise<{ id: string; repositoryId: string; repository: string }> {
  count += 1;
  const { prisma } = ctx.database;
  const name = input.name ?? `app-${count}`;
  const repository = input.repository ?? `repo-${count}`;
  const url = await git.createRepository(repository);
  await git.pushCommit({
    repository,
    subject: 'Begin',
    files: input.files ?? { 'app/config.yaml': configMap('settings', { level: '1' }) },
  });
  const project = await prisma.project.create({ data: { name: `project-${count}` } });
  const cluster = await prisma.cluster.create({ data: { name: `cluster-${count}`, server: 'https://127.0.0.1:1' } });
  const { id: repositoryId } = await prisma.repository.create({ data: { name: repository, url } });
  const credential = { kind: 'https-token', username: 'git', token: git.token };
  const sealed = ctx.keyring.seal(JSON.stringify(credential), repositoryCredentialPurpose(repositoryId));
  await prisma.repositoryCredential.create({
    data: { repositoryId, kind: 'https-token', keyId: sealed.keyId, ciphertext: Buffer.from(sealed.ciphertext) },
  });
  const application = await prisma.application.create({
    data: {
      name,
      projectId: project.id,
      clusterId: cluster.id,
      namespace: 'shop',
      repositoryId,
      targetRevision: input.targetRevision ?? 'main',
      path: input.path ?? 'app',
      syncPolicy: input.syncPolicy ?? {},
      state: {
        create: {
          name,
          projectName: project.name,
          clusterId: cluster.id,
          clusterName: cluster.name,
          namespace: 'shop',
          agent: 'native',
          repositoryId,
        },
      },
    },
  });
  return { id: application.id, repositoryId, repository };
}

/** A ConfigMap as text, the smallest thing to apply. */
export function configMap(name: string, data: Record<string, string>): string {
  const lines = Object.entries(data).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
  return ['apiVersion: v1', 'kind: ConfigMap', 'metadata:', `  name: ${name}`, 'data:', ...lines, ''].join('\n');
}

export { addPerson, contextOf, createTestHouse, dumpDatabase } from './web-house.ts';
