import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { type RepositoryEndpoint, type RestoreRequest, SourceError } from '#lib/ports/source.ts';

import { normalisePath } from './history.ts';
import { type GitContext, type Mirror, mirrorOf, readMirror } from './mirror.ts';
import { checkBranch, checkSha, commitOf } from './refs.ts';

interface RestoredCommit {
  sha: string;
  changedPaths: string[];
  empty: boolean;
}

/** Builds the restoring commit with plumbing and a temporary index: no work tree, nothing pushed. */
export async function prepareRestore(
  context: GitContext,
  endpoint: RepositoryEndpoint,
  request: RestoreRequest,
): Promise<RestoredCommit> {
  const mirror = mirrorOf(context, endpoint);
  const head = checkSha(request.expectedHead);
  await checkStart(context, mirror, request);
  const paths = request.paths.map(normalisePath);
  const folder = await mkdtemp(join(context.scratch, 'restore-'));
  try {
    const index = { GIT_INDEX_FILE: join(folder, 'index') };
    const git = (args: string[], input?: string): Promise<string> =>
      readMirror(context, mirror, {
        args,
        env: index,
        what: 'Building the restoring commit',
        ...(input === undefined ? {} : { input }),
      });
    await git(['read-tree', paths.includes('') ? request.revision : head]);
    const changes = paths.includes('') ? '' : await indexChanges(git, request.revision, paths);
    if (changes !== '') await git(['update-index', '-z', '--index-info'], changes);
    const tree = (await git(['write-tree'])).trim();
    const changed = (await git(['diff-tree', '-r', '-z', '--name-only', '--no-renames', head, tree])).split('\0');
    const changedPaths = changed.filter((path) => path !== '');
    if (changedPaths.length === 0) return { sha: head, changedPaths: [], empty: true };
    checkNothingElse(changedPaths, paths);
    const sha = await commitTree(context, mirror, { request, tree });
    return { sha, changedPaths, empty: false };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function checkStart(context: GitContext, mirror: Mirror, request: RestoreRequest): Promise<void> {
  const branch = checkBranch(request.branch);
  if (request.newBranch !== undefined) checkBranch(request.newBranch);
  const current = await commitOf(context, mirror, `refs/heads/${branch}`);
  if (current !== request.expectedHead) {
    const where = current === null ? 'does not exist any more' : `is at ${current.slice(0, 12)} now`;
    throw new SourceError(
      'moved',
      `The branch "${branch}" ${where}, not at ${request.expectedHead.slice(0, 12)}; look at the new state and try again.`,
    );
  }
  if ((await commitOf(context, mirror, checkSha(request.revision))) === null) {
    throw new SourceError(
      'not-found',
      `The revision ${request.revision.slice(0, 12)} is not in the repository any more.`,
    );
  }
}

/** Lines for `update-index --index-info`: what the paths hold now goes first, then what they held at the revision. */
async function indexChanges(
  git: (args: string[]) => Promise<string>,
  revision: string,
  paths: string[],
): Promise<string> {
  const now = await git(['ls-files', '-s', '-z', '--full-name', '--', ...paths]);
  const then = await git(['ls-tree', '-r', '-z', '--full-tree', revision, '--', ...paths]);
  const removals = records(now).map(({ path }) => `0 ${'0'.repeat(40)}\t${path}\0`);
  const additions = records(then).map(({ mode, sha, path }) => `${mode} ${sha}\t${path}\0`);
  return [...removals, ...additions].join('');
}

/** `ls-files -s` (`mode sha stage`) and `ls-tree` (`mode type sha`) share everything but the order of the middle. */
function records(listing: string): { mode: string; sha: string; path: string }[] {
  return listing.split('\0').flatMap((record) => {
    const tab = record.indexOf('\t');
    if (tab < 0) return [];
    const [mode = '', second = '', third = ''] = record.slice(0, tab).split(' ');
    return [{ mode, sha: /^(blob|commit|tree)$/.test(second) ? third : second, path: record.slice(tab + 1) }];
  });
}

/** A file that is now where a folder was (or the reverse) would take a foreign path with it. */
function checkNothingElse(changed: string[], paths: string[]): void {
  const foreign = changed.find(
    (file) => !paths.some((path) => path === '' || file === path || file.startsWith(`${path}/`)),
  );
  if (foreign !== undefined) {
    throw new SourceError(
      'rejected',
      `Restoring would also change "${foreign}", which is not part of the rollback (a file and a folder changed places); revert by hand.`,
    );
  }
}

async function commitTree(
  context: GitContext,
  mirror: Mirror,
  { request, tree }: { request: RestoreRequest; tree: string },
): Promise<string> {
  const date = request.authoredAt ?? new Date().toISOString();
  const message = request.message.trim() === '' ? 'Restore an earlier revision' : request.message.trim();
  const stdout = await readMirror(context, mirror, {
    args: ['commit-tree', tree, '-p', request.expectedHead, '-F', '-'],
    input: `${message.replaceAll('\0', '')}\n`,
    env: {
      GIT_AUTHOR_NAME: plainName(request.author.name, 'unknown'),
      GIT_AUTHOR_EMAIL: plainName(request.author.email, 'unknown@localhost'),
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: context.committer.name,
      GIT_COMMITTER_EMAIL: context.committer.email,
      GIT_COMMITTER_DATE: date,
    },
    what: 'Writing the restoring commit',
  });
  return checkSha(stdout.trim());
}

/** What git could take for the end of a name is dropped; an empty rest is replaced. */
function plainName(text: string, otherwise: string): string {
  // oxlint-disable-next-line no-control-regex -- line ends would forge commit headers
  const plain = text.replace(/[\u0000-\u001F\u007F<>]/g, '').trim();
  return plain === '' ? otherwise : plain;
}
