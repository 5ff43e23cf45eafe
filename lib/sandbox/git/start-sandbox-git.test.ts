import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runGit } from './run-git.ts';
import { SAMPLE_APPLICATIONS, SAMPLE_STORIES } from './samples.ts';
import { type SandboxGit, startSandboxGit } from './start-sandbox-git.ts';
import type { SandboxPush } from './webhook.ts';

describe('sandbox Git server', () => {
  let folder: string;
  let git: SandboxGit;
  const pushes: SandboxPush[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-git-'));
    git = await startSandboxGit({ dataDir: join(folder, 'data'), onPush: (push) => pushes.push(push) });
  });
  afterAll(async () => {
    await git.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const withToken = (url: string): string => url.replace('http://', `http://anyone:${git.token}@`);
  const clone = async (name: string, into: string): Promise<string> => {
    const target = join(folder, into);
    await promisify(execFile)('git', ['clone', '--quiet', withToken(`${git.url}/${name}.git`), target]);
    return target;
  };

  it('tells a story of at least ten commits in each sample repository, the same at every build', async () => {
    for (const story of SAMPLE_STORIES) {
      expect(story.commits.length).toBeGreaterThanOrEqual(10);
      expect(new Set(story.commits.map(({ label }) => label)).size).toBe(story.commits.length);
      const dates = story.commits.map(({ date }) => date);
      expect(dates).toEqual([...dates].sort());
    }
    expect(git.repositories.map(({ name, revisions }) => [name, Object.values(revisions).at(-1)])).toEqual([
      ['storefront', expect.stringMatching(/^[0-9a-f]{40}$/)],
      ['platform', expect.stringMatching(/^[0-9a-f]{40}$/)],
    ]);
    const again = await startSandboxGit({ dataDir: join(folder, 'again') });
    expect(again.repositories.map(({ revisions }) => revisions)).toEqual(
      git.repositories.map(({ revisions }) => revisions),
    );
    await again.stop();
  });

  it('describes applications whose labels and repositories exist', () => {
    expect(new Set(SAMPLE_APPLICATIONS.map(({ state }) => state.kind))).toEqual(
      new Set(['healthy', 'pending', 'hand-edited', 'failing']),
    );
    for (const application of SAMPLE_APPLICATIONS) {
      const repository = git.repositories.find(({ name }) => name === application.repository);
      const { state } = application;
      if (state.kind === 'pending') expect(repository?.revisions).toHaveProperty([state.syncedAt]);
      if (state.kind === 'failing') expect(repository?.revisions).toHaveProperty([state.lastGood]);
    }
  });

  it('refuses reading and writing without the token, and unknown repositories with it', async () => {
    const refs = '/info/refs?service=git-upload-pack';
    const bearer = { authorization: `Bearer ${git.token}` };
    const statuses = await Promise.all([
      fetch(`${git.url}/storefront.git${refs}`),
      fetch(`${git.url}/storefront.git${refs}`, { headers: { authorization: 'Bearer wrong' } }),
      fetch(`${git.url}/storefront.git${refs}`, { headers: bearer }),
      fetch(`${git.url}/nothing.git${refs}`, { headers: bearer }),
      fetch(`${git.url}/../../etc/passwd`, { headers: bearer }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([401, 401, 200, 404, 404]);
  });

  it('clones, takes a push and tells of the moved ref', async () => {
    const work = await clone('storefront', 'clone');
    const env = { GIT_DIR: join(work, '.git'), GIT_WORK_TREE: work };
    const identity = ['-c', 'user.name=T', '-c', 'user.email=t@shop.example'];
    await runGit(work, [...identity, 'commit', '--quiet', '--allow-empty', '-m', 'hello'], { env });
    await runGit(work, ['push', '--quiet', 'origin', 'HEAD:refs/heads/topic'], { env });
    const sha = (await runGit(work, ['rev-parse', 'HEAD'], { env })).trim();
    await expect
      .poll(() => pushes.at(-1))
      .toEqual({
        repository: 'storefront',
        url: `${git.url}/storefront.git`,
        ref: 'refs/heads/topic',
        before: '0'.repeat(40),
        after: sha,
      });
  });

  it('posts a signed GitHub-style event for a commit made on the server', async () => {
    const received = Promise.withResolvers<{ signature: unknown; event: unknown; body: string }>();
    const listener = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.end();
        const { 'x-hub-signature-256': signature, 'x-github-event': event } = request.headers;
        received.resolve({ signature, event, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const address = listener.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    git.addWebhook({ url: `http://127.0.0.1:${port}/hook`, secret: 'hook-secret' });
    const moved = await git.pushCommit({
      repository: 'platform',
      subject: 'notifier 0.8.1',
      files: { 'notifier/note.txt': 'x\n' },
    });
    const { signature, event, body } = await received.promise;
    expect(event).toBe('push');
    expect(signature).toBe(`sha256=${createHmac('sha256', 'hook-secret').update(body).digest('hex')}`);
    expect(JSON.parse(body)).toMatchObject({ ref: 'refs/heads/main', after: moved.after, before: moved.before });
    await new Promise<void>((resolve) => listener.close(() => resolve()));
  });

  it('keeps commits, token and port over a restart', async () => {
    const dataDir = join(folder, 'restart');
    const first = await startSandboxGit({ dataDir });
    const { after } = await first.pushCommit({ repository: 'storefront', subject: 'more', files: { 'a.txt': 'a' } });
    await first.stop();
    const second = await startSandboxGit({ dataDir });
    expect({ url: second.url, token: second.token }).toEqual({ url: first.url, token: first.token });
    expect(second.repositories[0]?.revisions).toEqual(first.repositories[0]?.revisions);
    expect((await runGit(join(dataDir, 'storefront.git'), ['rev-parse', 'main'])).trim()).toBe(after);
    await second.stop();
  });
});
