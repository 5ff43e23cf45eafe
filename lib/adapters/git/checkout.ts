import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { type RepositoryEndpoint, SourceError } from '#lib/ports/source.ts';

import { type GitContext, mirrorOf, readMirror } from './mirror.ts';
import { checkSha, mustHave } from './refs.ts';

const PREFIX = `checkout-${process.pid}-`;

/** Writes the tree at `sha` into a fresh private folder, after its size was read from the mirror. */
export async function checkOut(
  context: GitContext,
  endpoint: RepositoryEndpoint,
  request: { sha: string; maxBytes: number; maxFiles: number; signal?: AbortSignal | undefined },
): Promise<{ directory: string; dispose(): Promise<void> }> {
  const mirror = mirrorOf(context, endpoint);
  const sha = checkSha(request.sha);
  await mustHave(context, mirror, sha);
  const listing = await readMirror(context, mirror, {
    args: ['ls-tree', '-r', '-l', '-z', '--full-tree', sha],
    signal: request.signal,
    what: `Listing the files of ${sha.slice(0, 12)}`,
  });
  checkListing(listing, request);
  const folder = await mkdtemp(join(context.scratch, PREFIX));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const directory = join(folder, 'tree');
    await mkdir(directory, { mode: 0o700 });
    const env = { GIT_INDEX_FILE: join(folder, 'index'), GIT_WORK_TREE: directory };
    const args = ['read-tree', '--reset', '-u', sha];
    const what = `Checking out ${sha.slice(0, 12)}`;
    await readMirror(context, mirror, { args, cwd: directory, env, signal: request.signal, what });
    return { directory, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** `<mode> <type> <sha> <size>\t<path>` per entry; submodules have no size and are left out. */
function checkListing(listing: string, limits: { sha: string; maxBytes: number; maxFiles: number }): void {
  let bytes = 0;
  let files = 0;
  for (const record of listing.split('\0')) {
    const tab = record.indexOf('\t');
    if (tab < 0) continue;
    const size = Number(record.slice(0, tab).split(' ').at(-1));
    files += 1;
    bytes += Number.isFinite(size) ? size : 0;
  }
  const at = `The repository at ${limits.sha.slice(0, 12)}`;
  if (files > limits.maxFiles) {
    throw new SourceError('too-large', `${at} has ${files} files; at most ${limits.maxFiles} are checked out.`);
  }
  if (bytes > limits.maxBytes) {
    throw new SourceError('too-large', `${at} holds ${mib(bytes)} MiB; at most ${mib(limits.maxBytes)} MiB.`);
  }
}

function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
