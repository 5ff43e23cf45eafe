import { type RepositoryEndpoint, SourceError } from '#lib/ports/source.ts';

import { listRemote, type Remote, withRemote } from './fetch.ts';
import { sourceErrorOf } from './map-error.ts';
import { askMirror, type GitContext, type Mirror, mirrorOf } from './mirror.ts';
import { redactWords } from './redact.ts';
import { checkBranch, checkSha, commitOf } from './refs.ts';
import type { GitOutput } from './run-git.ts';

interface PushRequest {
  sha: string;
  branch: string;
  /** SHA the branch must be at; null = the branch must not exist yet. */
  expectedHead: string | null;
}

/**
 * Pushes one commit to one branch. The branch is looked up first, and the push itself is plain: whoever came in
 * between makes it a non-fast-forward, which the server refuses.
 */
export function pushCommit(context: GitContext, endpoint: RepositoryEndpoint, push: PushRequest): Promise<void> {
  const mirror = mirrorOf(context, endpoint);
  const ref = `refs/heads/${checkBranch(push.branch)}`;
  const sha = checkSha(push.sha);
  return context.exclusion.run(mirror.id, mirror.lockFile, () =>
    withRemote(context, { endpoint }, async (remote) => {
      if ((await commitOf(context, mirror, sha)) === null) {
        throw new SourceError('not-found', `The commit ${sha.slice(0, 12)} is not in the mirror; prepare it again.`);
      }
      const { refs } = await listRemote(context, remote, [ref]);
      const current = refs.get(ref) ?? null;
      if (current === sha) return;
      if (current !== push.expectedHead) {
        if (current !== null && (await isPartOf(context, { mirror, remote, ref }, sha))) return;
        throw moved(push, current);
      }
      const output = await context.run({
        args: ['push', '--porcelain', '--no-verify', '--no-follow-tags', remote.reach.url, `${sha}:${ref}`],
        cwd: mirror.directory,
        env: { ...remote.access.env, GIT_DIR: mirror.directory },
        timeoutMs: context.remoteTimeoutMs,
      });
      if (output.exitCode !== 0) throw pushError(output, push, remote.secrets);
      await askMirror(context, mirror, { args: ['update-ref', ref, sha] });
    }),
  );
}

/** A push whose answer was lost may have been built upon since: then it arrived, and nothing is left to do. */
async function isPartOf(
  context: GitContext,
  { mirror, remote, ref }: { mirror: Mirror; remote: Remote; ref: string },
  sha: string,
): Promise<boolean> {
  const fetched = await context.run({
    args: ['fetch', '--quiet', '--force', '--no-tags', '--no-write-fetch-head', remote.reach.url, `+${ref}:${ref}`],
    cwd: mirror.directory,
    env: { ...remote.access.env, GIT_DIR: mirror.directory },
    timeoutMs: context.remoteTimeoutMs,
  });
  if (fetched.exitCode !== 0) throw sourceErrorOf(fetched, 'Looking at the branch', remote.secrets);
  return (await askMirror(context, mirror, { args: ['merge-base', '--is-ancestor', sha, ref] })).exitCode === 0;
}

function pushError(output: GitOutput, push: PushRequest, secrets: readonly string[]): SourceError {
  const refused = /^!\t\S+\t\[(remote )?rejected\](?: \((.*)\))?$/m.exec(output.stdout);
  if (refused === null) return sourceErrorOf(output, `Pushing to "${push.branch}"`, secrets);
  const why = refused[2] ?? '';
  const byRace =
    /fetch first|non-fast-forward|stale info|cannot lock ref|reference already exists|failed to update ref/i;
  if (byRace.test(why)) return moved(push, null);
  const words = redactWords(`${why}\n${remoteWords(output.stderr)}`, secrets);
  return new SourceError('rejected', `The Git server refused the push to "${push.branch}": ${words}`);
}

function remoteWords(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('remote:'))
    .map((line) => line.slice('remote:'.length).trim())
    .filter((line) => line !== '')
    .join('\n');
}

function moved(push: PushRequest, current: string | null): SourceError {
  const expected = push.expectedHead === null ? 'should not exist yet' : `was at ${push.expectedHead.slice(0, 12)}`;
  const now = current === null ? 'is elsewhere or gone now' : `is at ${current.slice(0, 12)} now`;
  return new SourceError(
    'moved',
    `The branch "${push.branch}" ${expected} but ${now}; nothing was pushed. Look at the new state and try again.`,
  );
}
