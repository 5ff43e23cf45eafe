import type { RefHead, RepositoryEndpoint } from '#lib/ports/source.ts';

import { type Access, openAccess } from './credentials.ts';
import { checkEndpoint, type ReachableEndpoint } from './endpoint.ts';
import { looksCorrupt, sourceErrorOf } from './map-error.ts';
import {
  clearLocks,
  exists,
  type GitContext,
  initialise,
  isSound,
  type Mirror,
  mirrorOf,
  pointHead,
  rebuild,
} from './mirror.ts';
import { listRefs, parseRemoteRefs, type RemoteRefs } from './refs.ts';
import type { GitOutput } from './run-git.ts';

/** A remote that may be asked, with a way to authenticate. */
export interface Remote {
  reach: ReachableEndpoint;
  access: Access;
  secrets: string[];
  signal: AbortSignal | undefined;
}

/** Opens the credential for the time of `work`; the temporary files are gone afterwards, whatever happens. */
export async function withRemote<T>(
  context: GitContext,
  request: { endpoint: RepositoryEndpoint; signal?: AbortSignal | undefined },
  work: (remote: Remote) => Promise<T>,
): Promise<T> {
  const reach = checkEndpoint(request.endpoint, context.rules);
  const access = await openAccess(request.endpoint.credential, reach, context.scratch);
  try {
    return await work({
      reach,
      access,
      secrets: mirrorOf(context, request.endpoint).secrets,
      signal: request.signal,
    });
  } finally {
    await access.dispose();
  }
}

/** Asks the remote for HEAD, branches and tags (or for the given patterns only). */
export async function listRemote(context: GitContext, remote: Remote, patterns?: string[]): Promise<RemoteRefs> {
  const wanted = patterns ?? ['HEAD', 'refs/heads/*', 'refs/tags/*'];
  const output = await context.run({
    args: ['ls-remote', '--symref', remote.reach.url, ...wanted],
    cwd: context.mirrors,
    env: remote.access.env,
    signal: remote.signal,
    timeoutMs: context.remoteTimeoutMs,
  });
  if (output.exitCode !== 0) throw sourceErrorOf(output, 'Asking the repository for its refs', remote.secrets);
  return parseRemoteRefs(output.stdout);
}

/** Brings the mirror to what the remote has; when nothing changed that is one question to the remote and nothing else. */
export function fetchRepository(
  context: GitContext,
  endpoint: RepositoryEndpoint,
  signal?: AbortSignal,
): Promise<{ defaultBranch: string; heads: RefHead[] }> {
  const mirror = mirrorOf(context, endpoint);
  return context.exclusion.run(mirror.id, mirror.lockFile, () =>
    withRemote(context, { endpoint, signal }, async (remote) => {
      const offered = await listRemote(context, remote);
      await bringUpToDate(context, { mirror, remote, offered });
      await pointHead(context, mirror, offered.defaultBranch);
      const { heads } = await listRefs(context, mirror);
      return { defaultBranch: offered.defaultBranch, heads };
    }),
  );
}

interface Update {
  mirror: Mirror;
  remote: Remote;
  offered: RemoteRefs;
}

async function bringUpToDate(context: GitContext, update: Update): Promise<void> {
  const { mirror, remote, offered } = update;
  const fill = async (directory: string): Promise<void> => {
    const output = await fetchInto(context, remote, { directory, isFirst: true });
    if (output.exitCode !== 0) throw sourceErrorOf(output, 'Fetching the repository', remote.secrets);
  };
  if (!(await exists(mirror.directory))) {
    await initialise(context, mirror.directory);
  } else if (!(await isSound(context, mirror, 'refs'))) {
    await rebuild(context, mirror, fill);
    return;
  }
  const { stored } = await listRefs(context, mirror);
  if (sameRefs(stored, offered.refs)) return;
  const output = await fetchInto(context, remote, { directory: mirror.directory, isFirst: stored.size === 0 });
  if (output.exitCode === 0) return tidy(context, mirror);
  if (/\.lock': File exists|Unable to create '.*\.lock'/.test(output.stderr) && (await clearLocks(mirror))) {
    return fill(mirror.directory);
  }
  if (looksCorrupt(output) && !(await isSound(context, mirror, 'objects'))) return rebuild(context, mirror, fill);
  throw sourceErrorOf(output, 'Fetching the repository', remote.secrets);
}

/** A stalled transfer ends by git's own low-speed limit, so the first fetch of a large repository may take its time. */
const FIRST_FETCH_PATIENCE = 10;

function fetchInto(
  context: GitContext,
  remote: Remote,
  { directory, isFirst }: { directory: string; isFirst: boolean },
): Promise<GitOutput> {
  return context.run({
    args: [
      'fetch',
      '--quiet',
      '--prune',
      '--force',
      '--no-tags',
      '--no-recurse-submodules',
      '--no-write-fetch-head',
      '--no-auto-maintenance',
      '--no-show-forced-updates',
      remote.reach.url,
      '+refs/heads/*:refs/heads/*',
      '+refs/tags/*:refs/tags/*',
    ],
    cwd: directory,
    env: { ...remote.access.env, GIT_DIR: directory },
    signal: remote.signal,
    timeoutMs: context.remoteTimeoutMs * (isFirst ? FIRST_FETCH_PATIENCE : 1),
  });
}

/** Packs what many small fetches left; its failure costs disk space, not truth. */
async function tidy(context: GitContext, mirror: Mirror): Promise<void> {
  await context
    .run({
      args: ['gc', '--auto', '--quiet'],
      cwd: mirror.directory,
      env: { GIT_DIR: mirror.directory },
      timeoutMs: context.remoteTimeoutMs,
    })
    .catch(() => undefined);
}

function sameRefs(left: Map<string, string>, right: Map<string, string>): boolean {
  return left.size === right.size && [...left].every(([ref, sha]) => right.get(ref) === sha);
}
