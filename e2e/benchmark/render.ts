import path from 'node:path';
import { findState } from '#lib/database/states.ts';
import type { RenderTool } from '#lib/ports/renderer.ts';
import { SAMPLE_APPLICATIONS, type SampleApplication } from '#lib/sandbox/git/samples.ts';
import { type SandboxGit, startSandboxGit } from '#lib/sandbox/git/start-sandbox-git.ts';
import { createApplication } from '#lib/services/applications/create.ts';
import { createCluster } from '#lib/services/clusters/create.ts';
import type { WorkerContext } from '#lib/services/context.ts';
import { createProject } from '#lib/services/projects/manage.ts';
import { createRepository } from '#lib/services/repositories/create.ts';
import { releaseCheckouts } from '#lib/services/revisions/checkouts.ts';
import { fetchRepository } from '#lib/services/revisions/fetch.ts';
import { renderApplication } from '#lib/services/revisions/render.ts';
import { withHouse } from './house.ts';
import { type Row, rowOf, time } from './row.ts';

const TOOLS: RenderTool[] = ['directory', 'kustomize', 'helm'];
const COPIES = 5;
const FETCHES = 10;

interface Ids {
  project: string;
  cluster: string;
  repositories: Map<string, string>;
}

async function register(ctx: WorkerContext, git: SandboxGit): Promise<Ids> {
  const project = await createProject(ctx, { name: 'bench', description: '' });
  const credential = { kind: 'token' as const, token: 'none' };
  const cluster = await createCluster(ctx, { name: 'bench', server: 'https://127.0.0.1:1', credential });
  const repositories = new Map<string, string>();
  for (const { name, url } of git.repositories) {
    const withToken = { kind: 'https-token' as const, username: 'git', token: git.token };
    repositories.set(name, (await createRepository(ctx, { name, url, credential: withToken })).id);
  }
  return { project: project.id, cluster: cluster.id, repositories };
}

async function declare(ctx: WorkerContext, ids: Ids, sample: SampleApplication & { copy: number }): Promise<string> {
  const { id } = await createApplication(ctx, {
    name: `${sample.name}-${sample.copy}`,
    projectId: ids.project,
    clusterId: ids.cluster,
    namespace: 'bench',
    source: {
      repositoryId: ids.repositories.get(sample.repository) ?? '',
      targetRevision: 'main',
      path: sample.path,
      options: {
        tool: sample.tool,
        ...(sample.valueFiles.length > 0 ? { helm: { valueFiles: sample.valueFiles } } : {}),
      },
    },
  });
  return id;
}

async function render(ctx: WorkerContext, id: string): Promise<number> {
  const took = await time(() => renderApplication(ctx, id));
  const state = await findState(ctx.database.prisma, id);
  if (!state?.targetSetId) throw new Error(`a sample did not render: ${state?.error ?? 'no state'}`);
  return took;
}

/** A fetch that brings a commit none of the applications reads: all of them are checked by hashes, none is rendered. */
async function fetchOthersCommit(ctx: WorkerContext, { git, ids }: { git: SandboxGit; ids: Ids }): Promise<Row> {
  const repository = 'platform';
  const id = ids.repositories.get(repository) ?? '';
  const applications = await ctx.database.prisma.application.count({ where: { repositoryId: id } });
  const samples: number[] = [];
  await fetchRepository(ctx, id);
  for (let round = 0; round < FETCHES; round += 1) {
    await git.pushCommit({ repository, subject: 'Note', files: { 'notes/bench.md': `round ${round}\n` } });
    samples.push(await time(() => fetchRepository(ctx, id)));
  }
  const note = `${applications} applications in the repository, none of them reads what changed`;
  return rowOf('fetch of a commit elsewhere', samples, { unit: 'ms', note });
}

/** One application from its commit to its stored set, and again with nothing changed; the samples of the sandbox. */
export async function measure(): Promise<Row[]> {
  return withHouse(async ({ folder, ctx }) => {
    const git = await startSandboxGit({ dataDir: path.join(folder, 'git') });
    try {
      const ids = await register(ctx, git);
      const rows: Row[] = [];
      for (const tool of TOOLS) {
        const cold: number[] = [];
        const cached: number[] = [];
        for (let copy = 0; copy < COPIES; copy += 1) {
          for (const sample of SAMPLE_APPLICATIONS.filter((one) => one.tool === tool)) {
            const id = await declare(ctx, ids, { ...sample, copy });
            cold.push(await render(ctx, id));
            cached.push(await render(ctx, id));
          }
        }
        rows.push(
          rowOf(`render ${tool}: cold`, cold.slice(1), { unit: 'ms/app', note: 'resolve, read, render, mask, store' }),
          rowOf(`render ${tool}: cached`, cached, { unit: 'ms/app', note: 'one by one: resolve, compare hashes' }),
        );
      }
      rows.push(await fetchOthersCommit(ctx, { git, ids }));
      await releaseCheckouts(ctx.ports.source);
      return rows;
    } finally {
      await git.stop();
    }
  });
}
