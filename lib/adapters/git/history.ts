import { type CommitInfo, type ReadPath, type RepositoryEndpoint, SourceError } from '#lib/ports/source.ts';

import { type GitContext, mirrorOf, readMirror } from './mirror.ts';
import { checkSha, commitOf, mustHave } from './refs.ts';

const FORMAT = ['%H', '%T', '%P', '%an', '%ae', '%aI', '%cn', '%cI', '%s', '%b'].join('%n');

/** Commits reachable from `to` and not from `from`, newest first; a `from` that is gone (force push) narrows nothing. */
export async function listCommits(
  context: GitContext,
  endpoint: RepositoryEndpoint,
  query: { to: string; from?: string; paths?: string[]; limit: number },
): Promise<CommitInfo[]> {
  const mirror = mirrorOf(context, endpoint);
  const paths = (query.paths ?? []).map(normalisePath);
  await mustHave(context, mirror, checkSha(query.to));
  const from = query.from === undefined ? null : await commitOf(context, mirror, checkSha(query.from));
  const range = [query.to, ...(from === null ? [] : [`^${from}`])];
  const narrowed = paths.length === 0 || paths.includes('') ? [] : ['--', ...paths];
  const limit = Math.max(1, Math.min(Math.trunc(query.limit), 10_000));
  const stdout = await readMirror(context, mirror, {
    args: ['log', '-z', `--max-count=${limit}`, `--format=${FORMAT}`, '--no-show-signature', ...range, ...narrowed],
    what: `Reading the history of ${query.to.slice(0, 12)}`,
  });
  return stdout
    .split('\0')
    .filter((record) => record !== '')
    .map(parseCommit);
}

/** One commit. Throws SourceError 'not-found'. */
export async function readCommit(context: GitContext, endpoint: RepositoryEndpoint, sha: string): Promise<CommitInfo> {
  const [commit] = await listCommits(context, endpoint, { to: sha, limit: 1 });
  if (commit === undefined) throw new SourceError('internal', `git log said nothing about ${sha.slice(0, 12)}.`);
  return commit;
}

function parseCommit(record: string): CommitInfo {
  const lines = record.split('\n');
  const [sha = '', treeHash = '', parents = '', authorName = '', authorEmail = '', authoredAt = ''] = lines;
  const [committerName = '', committedAt = '', subject = '', ...body] = lines.slice(6);
  return {
    sha,
    treeHash,
    parents: parents === '' ? [] : parents.split(' '),
    authorName,
    authorEmail,
    authoredAt,
    committerName,
    committedAt,
    subject,
    body: body.join('\n').trim(),
  };
}

/** Git hash of each path at a revision, null where absent; one child process for all. */
export async function hashPaths(
  context: GitContext,
  endpoint: RepositoryEndpoint,
  query: { sha: string; paths: string[] },
): Promise<ReadPath[]> {
  if (query.paths.length === 0) return [];
  const mirror = mirrorOf(context, endpoint);
  const sha = checkSha(query.sha);
  const questions = query.paths.map((path) => `${sha}:${normalisePath(path)}`);
  const stdout = await readMirror(context, mirror, {
    args: ['cat-file', '--batch-check=%(objectname)'],
    input: `${sha}^{tree}\n${questions.join('\n')}\n`,
    what: `Reading the hashes at ${sha.slice(0, 12)}`,
  });
  const [root = '', ...answers] = stdout.trimEnd().split('\n');
  if (root.endsWith(' missing')) {
    throw new SourceError('not-found', `The commit ${sha.slice(0, 12)} is not in the repository (any more).`);
  }
  return query.paths.map((path, index) => {
    const answer = answers[index] ?? '';
    return { path, hash: /^[0-9a-f]{40,64}$/.test(answer) ? answer : null };
  });
}

/** `./a//b/` → `a/b`, the root → ''. Throws SourceError 'unsafe' for a path that climbs or that git could not read back. */
export function normalisePath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  // oxlint-disable-next-line no-control-regex -- NUL and line ends would break the batch protocol
  if (parts.includes('..') || /[\u0000\n\r]/.test(path)) {
    throw new SourceError('unsafe', `The path "${path.slice(0, 200)}" is not a plain path inside the repository.`);
  }
  return parts.join('/');
}
