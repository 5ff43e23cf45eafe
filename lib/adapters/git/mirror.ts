import { randomUUID } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { type RepositoryEndpoint, SourceError } from '#lib/ports/source.ts';

import { checkRepositoryId, type EndpointRules } from './endpoint.ts';
import type { MutualExclusion } from './lock.ts';
import { looksCorrupt, sourceErrorOf } from './map-error.ts';
import { secretsOf } from './redact.ts';
import type { GitCommand, GitOutput, RunGit } from './run-git.ts';

/** What every operation of the adapter needs. */
export interface GitContext {
  run: RunGit;
  /** Real path of the folder of all mirrors. */
  mirrors: string;
  /** Private folder for temporary files, on the same disk as the mirrors. */
  scratch: string;
  rules: EndpointRules;
  exclusion: MutualExclusion;
  /** Milliseconds for a command that talks to a remote. */
  remoteTimeoutMs: number;
  /** Milliseconds for a command on the mirror alone. */
  localTimeoutMs: number;
  committer: { name: string; email: string };
}

/** A bare mirror on disk and the words of its repository that must not be repeated. */
export interface Mirror {
  directory: string;
  lockFile: string;
  id: string;
  secrets: string[];
}

/** Left in a mirror whose objects could not be read; the next fetch builds it anew. */
const SUSPECT = 'quarterdeck-suspect';
/** Byte for byte what was committed: no line ending, keyword, encoding or filter (LFS) conversion. */
const ATTRIBUTES = '* -text -ident -filter -working-tree-encoding -export-ignore -export-subst\n';

export function mirrorOf(context: GitContext, endpoint: RepositoryEndpoint): Mirror {
  const id = checkRepositoryId(endpoint.id);
  return {
    id,
    directory: join(context.mirrors, `${id}.git`),
    lockFile: join(context.mirrors, `${id}.lock`),
    secrets: secretsOf(endpoint.credential),
  };
}

type MirrorCommand = Pick<GitCommand, 'args'> & Partial<GitCommand>;

/** Runs a command in the mirror. Any exit code is an answer, but a damaged mirror is a SourceError. */
export async function askMirror(context: GitContext, mirror: Mirror, command: MirrorCommand): Promise<GitOutput> {
  const asked = await identityOf(mirror);
  if (asked === null) {
    throw new SourceError('not-found', 'The repository has not been fetched yet; fetch it first.');
  }
  const ask = () =>
    context.run({
      // Not the mirror itself: it may be replaced while git starts.
      cwd: context.mirrors,
      timeoutMs: context.localTimeoutMs,
      ...command,
      env: { GIT_DIR: mirror.directory, ...command.env },
    });
  const output = await ask();
  if (output.exitCode === 0) return output;
  // A fetch may have put a rebuilt mirror in the place of the one that git was reading.
  if ((await identityOf(mirror)) !== asked) return ask();
  if (!looksCorrupt(output)) return output;
  await writeFile(join(mirror.directory, SUSPECT), '').catch(() => undefined);
  const { message } = sourceErrorOf(output, 'Reading it', mirror.secrets);
  throw new SourceError(
    'internal',
    `The local mirror of the repository is damaged and will be rebuilt at the next fetch. ${message}`,
  );
}

/** Milliseconds after which a rebuilt mirror stands in the place of the old one: two renames. */
const SWAP_MS = 50;

/** Which folder stands at the mirror's place; null when there is none. */
async function identityOf(mirror: Mirror): Promise<number | null> {
  const look = () => stat(mirror.directory).catch(() => null);
  const found = (await look()) ?? (await pause(SWAP_MS).then(look));
  return found === null ? null : found.ino;
}

/** The same, but anything else than success is a SourceError that starts with `what`. */
export async function readMirror(
  context: GitContext,
  mirror: Mirror,
  command: MirrorCommand & { what: string },
): Promise<string> {
  const { what, ...rest } = command;
  const output = await askMirror(context, mirror, rest);
  if (output.exitCode !== 0) throw sourceErrorOf(output, what, mirror.secrets);
  return output.stdout;
}

/** Creates an empty bare repository at `directory`, which appears there complete: readers may already be waiting for it. */
export async function initialise(context: GitContext, directory: string): Promise<void> {
  const fresh = join(context.scratch, `initialise-${randomUUID()}.git`);
  try {
    await mkdir(fresh, { mode: 0o700 });
    const output = await context.run({
      args: ['init', '--bare', '--quiet', '--initial-branch=main', '--template=', fresh],
      cwd: context.mirrors,
      timeoutMs: context.localTimeoutMs,
    });
    if (output.exitCode !== 0) throw sourceErrorOf(output, 'Creating the mirror', []);
    await mkdir(join(fresh, 'info'), { recursive: true });
    await writeFile(join(fresh, 'info', 'attributes'), ATTRIBUTES);
    await rename(fresh, directory);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Makes the mirror's HEAD name the default branch. Git takes a folder whose HEAD is half-written for no repository at all. */
export async function pointHead(context: GitContext, mirror: Mirror, defaultBranch: string): Promise<void> {
  const file = join(mirror.directory, 'HEAD');
  const wanted = `ref: refs/heads/${defaultBranch}\n`;
  if (defaultBranch === '' || (await readFile(file, 'utf8').catch(() => '')) === wanted) return;
  const fresh = join(context.scratch, `head-${randomUUID()}`);
  await writeFile(fresh, wanted);
  await rename(fresh, file);
}

/** Whether the mirror answers for each of its refs; false also when a reader left it marked as damaged. */
export async function isSound(context: GitContext, mirror: Mirror, depth: 'refs' | 'objects'): Promise<boolean> {
  if (await exists(join(mirror.directory, SUSPECT))) return false;
  const args =
    depth === 'refs'
      ? ['for-each-ref', '--format=%(objecttype)']
      : ['fsck', '--connectivity-only', '--no-dangling', '--no-progress', '--no-reflogs'];
  const output = await context.run({
    args,
    cwd: mirror.directory,
    env: { GIT_DIR: mirror.directory },
    timeoutMs: context.remoteTimeoutMs,
  });
  return output.exitCode === 0 && !looksCorrupt(output);
}

/** Fills a fresh mirror beside the damaged one, saves the kept revisions that still read, then swaps them. */
export async function rebuild(
  context: GitContext,
  mirror: Mirror,
  fill: (directory: string) => Promise<void>,
): Promise<void> {
  const fresh = join(context.scratch, `rebuild-${randomUUID()}.git`);
  try {
    await initialise(context, fresh);
    await fill(fresh);
    await rescueKept(context, mirror.directory, fresh);
    const old = join(context.scratch, `damaged-${randomUUID()}.git`);
    await rename(mirror.directory, old).catch(() => undefined);
    await rename(fresh, mirror.directory);
    await rm(old, { recursive: true, force: true });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function rescueKept(context: GitContext, from: string, into: string): Promise<void> {
  for (const sha of await keptRevisions(from)) {
    const ref = `refs/quarterdeck/keep/${sha}`;
    const common = { cwd: into, timeoutMs: context.localTimeoutMs };
    const known = await context.run({ ...common, args: ['update-ref', ref, sha], env: { GIT_DIR: into } });
    if (known.exitCode === 0) continue;
    await context.run({
      ...common,
      args: ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', from, `+${ref}:${ref}`],
      env: { GIT_DIR: into, GIT_ALLOW_PROTOCOL: 'file' },
    });
  }
}

/** Reads the ref files themselves: git may no longer answer in a damaged mirror. */
async function keptRevisions(directory: string): Promise<string[]> {
  const loose = await readdir(join(directory, 'refs', 'quarterdeck', 'keep')).catch(() => []);
  const packed = await readFile(join(directory, 'packed-refs'), 'utf8').catch(() => '');
  const names = [...packed.matchAll(/ refs\/quarterdeck\/keep\/([0-9a-f]+)$/gm)].map((match) => match[1] ?? '');
  return [...new Set([...loose, ...names])].filter((name) => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(name));
}

/** Lock files that a killed git left behind; only called while we hold the mirror's own lock. */
export async function clearLocks(mirror: Mirror): Promise<boolean> {
  const entries = await readdir(mirror.directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const locks = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.lock'));
  await Promise.all(locks.map((entry) => rm(join(entry.parentPath, entry.name), { force: true })));
  return locks.length > 0;
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
