import type { PlanGuard, PlanInput, PlanResult } from '#lib/contracts/operations.ts';
import { findDeployment } from '#lib/database/deployments.ts';
import { findActivePin } from '#lib/database/pins.ts';
import { listReadsOfRepository, readPathsOfSet, type SubjectRow } from '#lib/database/subjects.ts';
import { type Forge, forgeOf } from '#lib/domain/revision/forge.ts';
import type { RepositoryEndpoint } from '#lib/ports/source.ts';
import type { WorkerContext } from '../context.ts';
import { notFound, ServiceError } from '../errors.ts';
import { repositoryEndpoint } from '../repositories/endpoint.ts';

const BRANCH_PREFIX = 'refs/heads/';

export interface RollbackRequest {
  subject: SubjectRow;
  input: Extract<PlanInput, { kind: 'rollback-git' }>;
  /** Whose name the commit carries. */
  author: { name: string; email: string };
}

export interface PreparedRollback {
  git: NonNullable<PlanResult['git']>;
  guards: PlanGuard[];
  /** Digest that the prepared commit must render. */
  wantedDigest: string;
}

/**
 * Builds, without pushing, the commit after which the application renders what the deployment did: every path that
 * render read is restored, nothing else is touched. Errors: not-found, refused (no branch to commit on), SourceError.
 */
export async function prepareRollback(ctx: WorkerContext, request: RollbackRequest): Promise<PreparedRollback> {
  const { subject, input } = request;
  const deployment = await findDeployment(ctx.database.prisma, subject.id, input.deploymentId);
  const set = deployment ? await readPathsOfSet(ctx.database.prisma, deployment.setId) : null;
  if (!deployment || !set) throw notFound('deployment', input.deploymentId);
  const endpoint = await repositoryEndpoint(ctx, subject.repositoryId);
  await ctx.ports.source.fetch(endpoint);
  const head = await branchOf(ctx, subject, endpoint);
  const message = commitMessage(ctx, request, deployment.revision);
  const prepared = await ctx.ports.source.prepareRestore(endpoint, {
    branch: head.branch,
    expectedHead: head.sha,
    revision: deployment.revision,
    paths: set.paths,
    message,
    author: request.author,
    ...(input.newBranch === undefined ? {} : { newBranch: input.newBranch }),
  });
  await ctx.ports.source.keep(endpoint, prepared.sha);
  const forge = forgeOf(subject.repository.forge, subject.repository.url);
  const sharedWith = await applicationsSharing(ctx, subject, prepared.changedPaths);
  return {
    wantedDigest: set.digest,
    guards: [
      ...guardsOf(prepared.empty, subject, sharedWith),
      ...(await pinGuards(ctx, request)),
      ...forgeGuards(request, { forge, endpoint }),
    ],
    git: {
      repository: subject.repository.url,
      branch: head.branch,
      newBranch: input.newBranch ?? null,
      forge: input.pullRequest === true ? forge : null,
      expectedHead: head.sha,
      paths: prepared.changedPaths,
      message,
      commitSha: prepared.sha,
      sharedWith,
      empty: prepared.empty,
    },
  };
}

/** What is pushed to the followed branch would be applied, and taken back by the pin at once. */
async function pinGuards(ctx: WorkerContext, { subject, input }: RollbackRequest): Promise<PlanGuard[]> {
  const pin = await findActivePin(ctx.database.prisma, subject.id, ctx.clock.now());
  if (!pin || input.newBranch !== undefined) return [];
  const until = pin.expiresAt
    .toISOString()
    .replace(/:\d\d\.\d+Z$/, ' UTC')
    .replace('T', ' ');
  const message = `${subject.name} is pinned to ${pin.revision.slice(0, 7)} by ${pin.ownerName} until ${until}. Release the pin first, or leave the commit on a new branch.`;
  return [{ level: 'block', message, typedName: null }];
}

/** What keeps a pull request from being opened is known before anything is pushed. */
function forgeGuards(
  { subject, input }: RollbackRequest,
  { forge, endpoint }: { forge: Forge | null; endpoint: RepositoryEndpoint },
): PlanGuard[] {
  if (input.pullRequest !== true) return [];
  const { name } = subject.repository;
  const problem =
    input.newBranch === undefined
      ? 'A pull request needs a new branch: name one.'
      : forge === null
        ? `What hosts ${name} is not known: say it in the settings of the repository.`
        : endpoint.credential.kind === 'https-token'
          ? null
          : `A pull request needs a token: give ${name} an https address and a token that may open pull requests.`;
  return problem === null ? [] : [{ level: 'block', message: problem, typedName: null }];
}

/** The branch an application follows and where it is now. */
async function branchOf(
  ctx: WorkerContext,
  subject: SubjectRow,
  endpoint: RepositoryEndpoint,
): Promise<{ branch: string; sha: string }> {
  const { sha, ref } = await ctx.ports.source.resolve(endpoint, subject.targetRevision);
  if (!ref?.startsWith(BRANCH_PREFIX)) {
    throw new ServiceError(
      'refused',
      `${subject.name} follows ${subject.targetRevision}, which is not a branch: there is nothing to commit on. Pin it, or change its target revision.`,
    );
  }
  return { branch: ref.slice(BRANCH_PREFIX.length), sha };
}

function commitMessage(ctx: WorkerContext, { subject, input, author }: RollbackRequest, revision: string): string {
  return [
    `Roll back ${subject.name} to ${revision.slice(0, 7)}`,
    '',
    input.reason,
    '',
    `Restores what ${subject.name} on ${subject.cluster.name} rendered at ${revision}.`,
    `Requested-by: ${author.name} <${author.email}>`,
    `Link: ${ctx.policy.origin}/applications/${subject.id}`,
  ].join('\n');
}

/** Applications whose render reads any of the changed paths, or a folder above or below one. */
async function applicationsSharing(
  ctx: WorkerContext,
  subject: SubjectRow,
  paths: string[],
): Promise<{ id: string; name: string; clusterName: string }[]> {
  const others = await listReadsOfRepository(ctx.database.prisma, subject.repositoryId);
  return others
    .filter(
      (other) => other.id !== subject.id && other.reads.some((read) => paths.some((path) => overlaps(read, path))),
    )
    .map(({ id, name, clusterName }) => ({ id, name, clusterName }));
}

function overlaps(a: string, b: string): boolean {
  const isRoot = (path: string) => path === '' || path === '.';
  return isRoot(a) || isRoot(b) || a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

function guardsOf(empty: boolean, subject: SubjectRow, shared: { name: string; clusterName: string }[]): PlanGuard[] {
  if (empty) {
    const message = `Git already renders that for ${subject.name}: there is nothing to commit. Sync instead.`;
    return [{ level: 'block', message, typedName: null }];
  }
  if (shared.length === 0) return [];
  const names = shared.map((one) => `${one.name} on ${one.clusterName}`).join(', ');
  return [{ level: 'warn', message: `The same files are rendered by ${names}: they change too.`, typedName: null }];
}

/** The person behind a plan as a commit author; Quarterdeck itself where the person is gone. */
export async function authorOf(ctx: WorkerContext, userId: string): Promise<{ name: string; email: string }> {
  const user = await ctx.database.prisma.user.findUnique({
    where: { id: userId },
    select: { name: true, email: true },
  });
  return user ?? { name: 'Quarterdeck', email: 'quarterdeck@localhost' };
}
