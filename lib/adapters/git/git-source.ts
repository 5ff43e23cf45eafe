import { mkdir, realpath, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { SourcePort } from '#lib/ports/source.ts';

import { checkOut } from './checkout.ts';
import { checkRepositoryId } from './endpoint.ts';
import { fetchRepository, listRemote, withRemote } from './fetch.ts';
import { hashPaths, listCommits, readCommit } from './history.ts';
import { createMutualExclusion } from './lock.ts';
import { type GitContext, mirrorOf, readMirror } from './mirror.ts';
import { pushCommit } from './push.ts';
import { checkSha, mustHave, resolveRevision } from './refs.ts';
import { prepareRestore } from './restore.ts';
import { createGitRunner } from './run-git.ts';
import { sweepScratch } from './sweep-scratch.ts';

export interface GitSourceOptions {
  /** Folder of all mirrors, created when absent. */
  mirrorsDirectory: string;
  allowFileUrls: boolean;
  /** 'loopback' = http only to this machine, as the sandbox needs it. */
  allowPlainHttp: boolean | 'loopback';
  /** Milliseconds for one command that talks to a remote. */
  timeoutMs: number;
  /** What git may know of this machine: PATH, proxies (HTTPS_PROXY, NO_PROXY), GIT_SSL_CAINFO. Nothing else is passed on. */
  environment?: Record<string, string>;
  /** Committer of restoring commits; the author is the person who asked. */
  committer?: { name: string; email: string };
}

const LOCAL_TIMEOUT_MS = 60_000;
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin';

/** SourcePort over the git program: one bare mirror per repository, credentials by environment only. */
export function createGitSource(options: GitSourceOptions): SourcePort {
  let opened: Promise<GitContext> | undefined;
  const open = (): Promise<GitContext> => {
    opened ??= openContext(options).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    async test(endpoint, { signal } = {}) {
      const context = await open();
      return withRemote(context, { endpoint, signal }, async (remote) => {
        const started = performance.now();
        const { defaultBranch, refs } = await listRemote(context, remote);
        return { defaultBranch, refs: refs.size, latencyMs: Math.round(performance.now() - started) };
      });
    },
    fetch: async (endpoint, { signal } = {}) => fetchRepository(await open(), endpoint, signal),
    resolve: async (endpoint, targetRevision) => resolveRevision(await open(), endpoint, targetRevision),
    commit: async (endpoint, sha) => readCommit(await open(), endpoint, sha),
    log: async (endpoint, query) => listCommits(await open(), endpoint, query),
    hashes: async (endpoint, sha, paths) => hashPaths(await open(), endpoint, { sha, paths }),
    checkout: async (endpoint, sha, limits) => checkOut(await open(), endpoint, { sha, ...limits }),
    async keep(endpoint, sha) {
      const context = await open();
      const mirror = mirrorOf(context, endpoint);
      await mustHave(context, mirror, checkSha(sha));
      const args = ['update-ref', `refs/quarterdeck/keep/${sha}`, sha];
      await readMirror(context, mirror, { args, what: `Keeping ${sha.slice(0, 12)}` });
    },
    prepareRestore: async (endpoint, request) => prepareRestore(await open(), endpoint, request),
    push: async (endpoint, push) => pushCommit(await open(), endpoint, push),
    async forget(repositoryId) {
      const context = await open();
      const id = checkRepositoryId(repositoryId);
      const directory = join(context.mirrors, `${id}.git`);
      await context.exclusion.run(id, join(context.mirrors, `${id}.lock`), () =>
        rm(directory, { recursive: true, force: true }),
      );
    },
  };
}

async function openContext(options: GitSourceOptions): Promise<GitContext> {
  await mkdir(options.mirrorsDirectory, { recursive: true, mode: 0o700 });
  const mirrors = await realpath(options.mirrorsDirectory);
  const scratch = join(mirrors, '.scratch');
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  await sweepScratch(scratch, Date.now());
  // Without the ceiling, a command outside a mirror could find a repository that the data folder lies in.
  const environment = { PATH: DEFAULT_PATH, ...options.environment, GIT_CEILING_DIRECTORIES: dirname(mirrors) };
  return {
    run: createGitRunner(environment, scratch),
    mirrors,
    scratch,
    rules: { allowFileUrls: options.allowFileUrls, allowPlainHttp: options.allowPlainHttp },
    exclusion: createMutualExclusion(options.timeoutMs * 2),
    remoteTimeoutMs: options.timeoutMs,
    localTimeoutMs: LOCAL_TIMEOUT_MS,
    committer: options.committer ?? { name: 'Quarterdeck', email: 'quarterdeck@localhost' },
  };
}
