import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type RepositoryEndpoint, type RestoreRequest, SourceError, type SourcePort } from '#lib/ports/source.ts';
import { runGit } from '#lib/sandbox/git/run-git.ts';
import { type SandboxGit, startSandboxGit } from '#lib/sandbox/git/start-sandbox-git.ts';

import { createGitSource } from './git-source.ts';

describe('restoring an earlier revision', () => {
  let folder: string;
  let git: SandboxGit;
  let source: SourcePort;
  let endpoint: RepositoryEndpoint;
  let first: string;
  let head: string;
  let count = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'git-restore-'));
    git = await startSandboxGit({ dataDir: join(folder, 'server') });
    source = createGitSource({
      mirrorsDirectory: join(folder, 'mirrors'),
      allowFileUrls: false,
      allowPlainHttp: true,
      timeoutMs: 20_000,
    });
  });
  afterAll(async () => {
    await git.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(before: Record<string, string>, after: Record<string, string | null>): Promise<string> {
    count += 1;
    const id = `restore-${count}`;
    endpoint = {
      id,
      url: await git.createRepository(id),
      credential: { kind: 'https-token', username: 'x', token: git.token },
    };
    first = (await git.pushCommit({ repository: id, subject: 'first', files: before })).after;
    head = (await git.pushCommit({ repository: id, subject: 'second', files: after })).after;
    await source.fetch(endpoint);
    return id;
  }

  function request(paths: string[], extra: Partial<RestoreRequest> = {}): RestoreRequest {
    return {
      branch: 'main',
      expectedHead: head,
      revision: first,
      paths,
      message: 'Roll back web\n\nReason: too slow',
      author: { name: 'Mara <x>\nL', email: 'mara@shop.example' },
      authoredAt: '2026-11-01T10:00:00Z',
      ...extra,
    };
  }

  async function failure(work: Promise<unknown>): Promise<SourceError> {
    const error: unknown = await work.then(
      () => new Error('expected a failure'),
      (reason: unknown) => reason,
    );
    if (error instanceof SourceError) return error;
    throw error;
  }

  it('restores folders wholly and files, leaves the rest, and is the same commit each time', async () => {
    const before = { 'app/a': '1', 'app/gone': '1', 'base/file': '1', 'base/other': '1', 'else/x': '1' };
    const after = {
      'app/a': '2',
      'app/gone': null,
      'app/new/y': '2',
      'base/file': '2',
      'base/other': '2',
      'else/x': '2',
    };
    await start(before, after);
    const restored = await source.prepareRestore(endpoint, request(['app', 'base/file', 'never/there']));
    expect(restored.changedPaths.toSorted()).toEqual(['app/a', 'app/gone', 'app/new/y', 'base/file']);
    const paths = ['app', 'base/file', 'base/other', 'else'];
    const [then, now, next] = await Promise.all(
      [first, head, restored.sha].map((sha) => source.hashes(endpoint, sha, paths)),
    );
    expect(next?.slice(0, 2)).toEqual(then?.slice(0, 2));
    expect(next?.slice(2)).toEqual(now?.slice(2));
    expect(await source.commit(endpoint, restored.sha)).toMatchObject({
      parents: [head],
      authorName: 'Mara xL',
      subject: 'Roll back web',
      body: 'Reason: too slow',
      committerName: 'Quarterdeck',
    });
    expect((await source.prepareRestore(endpoint, request(['app', 'base/file', 'never/there']))).sha).toBe(
      restored.sha,
    );
  });

  it('restores everything for the root, and says so when nothing differs', async () => {
    await start({ a: '1', b: '1' }, { a: '2', c: '2' });
    const whole = await source.prepareRestore(endpoint, request(['.']));
    expect(await source.hashes(endpoint, whole.sha, ['.'])).toEqual(await source.hashes(endpoint, first, ['.']));
    expect(await source.prepareRestore(endpoint, request(['b']))).toEqual({ sha: head, changedPaths: [], empty: true });
  });

  it('refuses to take a foreign path with it', async () => {
    await start({ 'x/y': '1' }, { 'x/y': null, x: '2' });
    const error = await failure(source.prepareRestore(endpoint, request(['x/y'])));
    expect(error.reason).toBe('rejected');
    expect(error.message).toContain('"x"');
  });

  it('pushes to the branch without force, once, and updates the mirror', async () => {
    await start({ a: '1' }, { a: '2' });
    const { sha } = await source.prepareRestore(endpoint, request(['a']));
    await source.push(endpoint, { sha, branch: 'main', expectedHead: head });
    await source.push(endpoint, { sha, branch: 'main', expectedHead: head });
    expect(await source.resolve(endpoint, 'main')).toEqual({ sha, ref: 'refs/heads/main' });
    expect((await source.fetch(endpoint)).heads).toEqual([{ ref: 'refs/heads/main', sha }]);
  });

  it('pushes to a new branch that must not exist yet', async () => {
    const id = await start({ a: '1' }, { a: '2' });
    const { sha } = await source.prepareRestore(endpoint, request(['a'], { newBranch: 'rollback/web' }));
    await source.push(endpoint, { sha, branch: 'rollback/web', expectedHead: null });
    await git.pushCommit({ repository: id, branch: 'taken', subject: 't', files: { t: 't' } });
    const error = await failure(source.push(endpoint, { sha, branch: 'taken', expectedHead: null }));
    expect(error.reason).toBe('moved');
  });

  it('says moved: in the mirror, on the server, and when the server refuses a non-fast-forward', async () => {
    const id = await start({ a: '1' }, { a: '2' });
    const stale = await failure(source.prepareRestore(endpoint, request(['a'], { expectedHead: first })));
    expect(stale.reason).toBe('moved');
    const { sha } = await source.prepareRestore(endpoint, request(['a']));
    const third = await git.pushCommit({ repository: id, subject: 'third', files: { b: 'b' } });
    const elsewhere = await failure(source.push(endpoint, { sha, branch: 'main', expectedHead: head }));
    expect(elsewhere).toMatchObject({ reason: 'moved', message: expect.stringContaining(third.after.slice(0, 12)) });
    const raced = await failure(source.push(endpoint, { sha, branch: 'main', expectedHead: third.after }));
    expect(raced.reason).toBe('moved');
    const server = join(folder, 'server', `${id}.git`);
    expect((await runGit(server, ['rev-parse', 'main'])).trim()).toBe(third.after);
    await git.deleteBranch(id, 'main');
    expect((await failure(source.push(endpoint, { sha, branch: 'main', expectedHead: third.after }))).reason).toBe(
      'moved',
    );
  });

  it('passes on why a server refused', async () => {
    const id = await start({ a: '1' }, { a: '2' });
    const { sha } = await source.prepareRestore(endpoint, request(['a']));
    const hooks = join(folder, 'hooks');
    await runGit(join(folder, 'server', `${id}.git`), ['config', 'core.hooksPath', hooks]);
    await import('node:fs/promises').then(({ mkdir }) => mkdir(hooks));
    await writeFile(join(hooks, 'pre-receive'), '#!/bin/sh\necho "main is protected" >&2\nexit 1\n', { mode: 0o755 });
    const error = await failure(source.push(endpoint, { sha, branch: 'main', expectedHead: head }));
    expect(error).toMatchObject({ reason: 'rejected', message: expect.stringContaining('main is protected') });
  });
});
