import { request } from 'node:https';
import { countDeployments } from '#lib/database/deployments.ts';
import { findSetting, writeSetting } from '#lib/database/installation.ts';
import { findActiveOperation } from '#lib/database/operations.ts';
import { renderOptions } from '#lib/contracts/sources.ts';
import type { PlanInput } from '#lib/contracts/operations.ts';
import { findSubject } from '#lib/database/subjects.ts';
import { SAMPLE_APPLICATIONS, type SampleApplication } from '#lib/sandbox/git/samples.ts';
import { createApplication } from '#lib/services/applications/create.ts';
import { updateApplication } from '#lib/services/applications/update.ts';
import { createCluster } from '#lib/services/clusters/create.ts';
import type { Context } from '#lib/services/context.ts';
import { ServiceError } from '#lib/services/errors.ts';
import { getOperation } from '#lib/services/operations/get.ts';
import { requestOperation } from '#lib/services/operations/request.ts';
import { getPlan } from '#lib/services/plans/get.ts';
import { requestPlan } from '#lib/services/plans/request.ts';
import { createProject } from '#lib/services/projects/manage.ts';
import { createRepository } from '#lib/services/repositories/create.ts';
import type { SandboxFacts } from './sandbox-facts.ts';

const STEP_TIMEOUT_MS = 90_000;
const MOST_ATTEMPTS = 5;
const REGIONS: Record<string, string> = { dev: 'local', staging: 'eu-west', production: 'eu-central' };

/** Only an installation that has nothing is filled, and only once; one that was interrupted on the way is filled on. */
export async function demoIsWanted(ctx: Context): Promise<boolean> {
  const mark = await findSetting(ctx.database.prisma, 'demo');
  if (mark !== undefined) return typeof mark === 'object' && mark !== null && !('finishedAt' in mark);
  return (await ctx.database.prisma.cluster.count()) + (await ctx.database.prisma.repository.count()) === 0;
}

/**
 * Registers the sandbox's clusters and repositories and walks twelve applications through a small history, by the same
 * verbs a person uses: most end healthy, one has a pending change, one was edited by hand, one is failing. Every step looks
 * first whether it was done before.
 */
export async function seedDemo(ctx: Context, sandbox: SandboxFacts, signal: AbortSignal): Promise<void> {
  await writeSetting(ctx.database.prisma, 'demo', { startedAt: ctx.clock.now().toISOString() });
  const ids = await register(ctx, sandbox);
  await Promise.all(SAMPLE_APPLICATIONS.map((sample) => play({ ctx, sandbox, ids, signal }, sample)));
  await writeSetting(ctx.database.prisma, 'demo', { finishedAt: ctx.clock.now().toISOString() });
}

interface Ids {
  project: string;
  clusters: Map<string, string>;
  repositories: Map<string, string>;
}

async function register(ctx: Context, sandbox: SandboxFacts): Promise<Ids> {
  const { prisma } = ctx.database;
  const project =
    (await prisma.project.findUnique({ where: { name: 'shop' } })) ??
    (await createProject(ctx, { name: 'shop', description: 'The sample shop of the sandbox.' }));
  const clusters = new Map<string, string>();
  for (const { name, server, caData, token } of sandbox.clusters) {
    const labels = { environment: name, region: REGIONS[name] ?? 'local', provider: 'sandbox' };
    const credential = { kind: 'token' as const, token };
    const cluster =
      (await prisma.cluster.findUnique({ where: { name } })) ??
      (await createCluster(ctx, { name, server, caData, credential, labels }));
    clusters.set(name, cluster.id);
  }
  const repositories = new Map<string, string>();
  for (const { name, url } of sandbox.git.repositories) {
    const credential = { kind: 'https-token' as const, username: 'git', token: sandbox.git.token };
    const repository =
      (await prisma.repository.findUnique({ where: { name } })) ??
      (await createRepository(ctx, { name, url, credential, pollIntervalSeconds: 30 }));
    repositories.set(name, repository.id);
  }
  return { project: project.id, clusters, repositories };
}

interface Stage {
  ctx: Context;
  sandbox: SandboxFacts;
  ids: Ids;
  signal: AbortSignal;
}

/** One application's history: an older revision first, so that roll back has somewhere to go, then where it should end. */
async function play(stage: Stage, sample: SampleApplication): Promise<void> {
  const { ctx, ids } = stage;
  const revisions = stage.sandbox.git.repositories.find((one) => one.name === sample.repository)?.revisions ?? {};
  const past = pastOf(sample, Object.values(revisions), revisions);
  const name = { projectId: ids.project, name: sample.name };
  const known = await ctx.database.prisma.application.findUnique({ where: { projectId_name: name } });
  const { id } = known ?? (await declare(stage, sample, past[0] ?? 'main'));
  const done = known ? await deploymentsOf(stage, id) : 0;
  for (const [index, revision] of past.entries()) {
    if (index < done) continue;
    if (index > 0) await retarget(stage, id, revision);
    await sync(stage, id, revision);
  }
  await retarget(stage, id, 'main');
  if (sample.state.kind !== 'pending' && done <= past.length) await sync(stage, id, null);
  if (sample.automated) await automate(stage, id);
  if (sample.state.kind === 'hand-edited') await editByHand(stage, sample, sample.state);
}

/** How far an interrupted demonstration came with an application; one that only waits for its health counts. */
async function deploymentsOf(stage: Stage, id: string): Promise<number> {
  const { prisma } = stage.ctx.database;
  let waiting = 0;
  await until(stage, async () => {
    const active = await findActiveOperation(prisma, id);
    waiting = active?.phase === 'waiting' ? 1 : 0;
    return active === null || waiting === 1;
  });
  return waiting + (await countDeployments(prisma, id));
}

async function declare(
  { ctx, ids }: Stage,
  sample: SampleApplication,
  targetRevision: string,
): Promise<{ id: string }> {
  return createApplication(ctx, {
    name: sample.name,
    projectId: ids.project,
    clusterId: ids.clusters.get(sample.environment) ?? '',
    namespace: sample.namespace,
    labels: { app: sample.name.replace(`-${sample.environment}`, ''), environment: sample.environment },
    source: {
      repositoryId: ids.repositories.get(sample.repository) ?? '',
      targetRevision,
      path: sample.path,
      options: {
        tool: sample.tool,
        ...(sample.valueFiles.length > 0 ? { helm: { valueFiles: sample.valueFiles } } : {}),
      },
    },
    protected: sample.environment === 'production',
  });
}

function pastOf(sample: SampleApplication, shas: string[], byLabel: Record<string, string>): string[] {
  const { state } = sample;
  const middle = shas[Math.floor(shas.length / 2)];
  if (state.kind === 'pending') return [byLabel[state.syncedAt]].filter((sha) => sha !== undefined);
  if (state.kind === 'failing') return [middle, byLabel[state.lastGood]].filter((sha) => sha !== undefined);
  return [middle].filter((sha) => sha !== undefined);
}

async function retarget({ ctx }: Stage, id: string, targetRevision: string): Promise<void> {
  const subject = await findSubject(ctx.database.prisma, id);
  if (!subject) return;
  const { repositoryId, path, version } = subject;
  const options = renderOptions.parse(subject.renderOptions);
  await updateApplication(ctx, { id, change: { version, source: { repositoryId, path, targetRevision, options } } });
}

async function automate({ ctx }: Stage, id: string): Promise<void> {
  const subject = await findSubject(ctx.database.prisma, id);
  if (!subject) return;
  const syncPolicy = { automated: true, selfHeal: true, prune: true, allowEmpty: false, createNamespace: true };
  await updateApplication(ctx, { id, change: { version: subject.version, syncPolicy } });
}

/** Plans and clicks as a person would, and waits for the end; a failed sync is part of the story. */
async function sync(stage: Stage, id: string, revision: string | null): Promise<void> {
  const { ctx } = stage;
  await until(stage, async () => {
    const state = (await findSubject(ctx.database.prisma, id))?.state;
    if (!state?.targetSha || state.errorStep !== null) return false;
    return revision === null ? state.targetSha !== state.deployedSha : state.targetSha === revision;
  });
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) if (await syncOnce(stage, id, revision)) return;
}

/** Answers whether it took; a plan that something overtook is simply made again. */
async function syncOnce(stage: Stage, id: string, revision: string | null): Promise<boolean> {
  const { ctx } = stage;
  const input: PlanInput = { kind: 'sync', prune: true };
  let planned = await requestPlan(ctx, { applicationId: id, input });
  await until(stage, async () => {
    planned = await getPlan(ctx, { id: planned.id });
    return planned.state !== 'computing';
  });
  if (planned.hash === null) return false;
  const click = { planId: planned.id, planHash: planned.hash };
  const operation = await requestOperation(ctx, { applicationId: id, input: click }).catch((error: unknown) => {
    if (error instanceof ServiceError && error.code === 'conflict') return null;
    throw error;
  });
  if (!operation) return false;
  let view = operation;
  await until(stage, async () => {
    view = await getOperation(ctx, { id: operation.id });
    // A failing application is left to reach its deadline in the background.
    return view.finishedAt !== null || (view.phase === 'waiting' && revision === null);
  });
  return view.phase !== 'failed' || view.objects.some((object) => object.result !== 'pending');
}

async function until({ signal }: Stage, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + STEP_TIMEOUT_MS;
  while (!(await condition())) {
    signal.throwIfAborted();
    if (Date.now() > deadline) throw new Error('a step took too long');
    await new Promise((resolve) => {
      setTimeout(resolve, 250);
    });
  }
}

/** What somebody with `kubectl edit` would leave behind: another replica count under another field manager. */
async function editByHand(
  { sandbox }: Stage,
  sample: SampleApplication,
  edit: Extract<SampleApplication['state'], { kind: 'hand-edited' }>,
): Promise<void> {
  const cluster = sandbox.clusters.find((one) => one.name === sample.environment);
  if (!cluster) return;
  const path = `/apis/apps/v1/namespaces/${sample.namespace}/deployments/${edit.object.name}?fieldManager=kubectl-edit`;
  await new Promise<void>((resolve, reject) => {
    const call = request(new URL(path, cluster.server), {
      method: 'PATCH',
      ca: cluster.caData,
      headers: { authorization: `Bearer ${cluster.token}`, 'content-type': 'application/merge-patch+json' },
      timeout: 10_000,
    });
    call.once('error', reject);
    call.once('response', (response) => {
      response.resume();
      response.once('end', resolve);
    });
    call.end(JSON.stringify({ spec: { replicas: edit.replicas } }));
  });
}
