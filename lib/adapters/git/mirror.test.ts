import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { RepositoryEndpoint } from '#lib/ports/source.ts';
import { startSandboxGit } from '#lib/sandbox/git/start-sandbox-git.ts';
import { createGitSource } from './git-source.ts';

it('never disturbs those who read while it fetches, moves the default branch or rebuilds', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mirror-'));
  const git = await startSandboxGit({ dataDir: join(folder, 'server') });
  try {
    const mirrorsDirectory = join(folder, 'mirrors');
    const source = createGitSource({
      mirrorsDirectory,
      allowFileUrls: false,
      allowPlainHttp: 'loopback',
      timeoutMs: 20_000,
    });
    const url = await git.createRepository('busy');
    const credential = { kind: 'https-token', username: 'anyone', token: git.token } as const;
    const endpoint: RepositoryEndpoint = { id: 'busy', url, credential };
    const { after: first } = await git.pushCommit({
      repository: 'busy',
      subject: 'first',
      files: { 'a.yaml': 'a: 1' },
    });
    await git.pushCommit({ repository: 'busy', branch: 'other', subject: 'other', files: { b: 'b' }, parent: first });
    await source.fetch(endpoint);
    const writing = new AbortController();
    const read = async () => {
      let reads = 0;
      for (; !writing.signal.aborted; reads += 1) {
        expect((await source.commit(endpoint, first)).subject).toBe('first');
        const checkout = await source.checkout(endpoint, first, { maxBytes: 1_000_000, maxFiles: 100 });
        await checkout.dispose();
      }
      return reads;
    };
    const write = async () => {
      for (let turn = 0; turn < 12; turn += 1) {
        const branch = turn % 2 === 0 ? 'other' : 'main';
        await writeFile(join(folder, 'server', 'busy.git', 'HEAD'), `ref: refs/heads/${branch}\n`);
        // As a reader leaves it that met damage.
        if (turn % 3 === 0) await writeFile(join(mirrorsDirectory, 'busy.git', 'quarterdeck-suspect'), '');
        expect((await source.fetch(endpoint)).defaultBranch).toBe(branch);
      }
    };
    const [, ...reads] = await Promise.all([write().finally(() => writing.abort()), read(), read(), read()]);
    for (const count of reads) expect(count).toBeGreaterThan(0);
  } finally {
    await git.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
