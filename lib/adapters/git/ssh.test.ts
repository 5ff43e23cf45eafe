import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RepositoryCredential, type RepositoryEndpoint, type SourcePort } from '#lib/ports/source.ts';
import { runGit } from '#lib/sandbox/git/run-git.ts';
import { sourceFailure } from '#lib/testing/git-stage.ts';
import { makeSshKey, type SshGit, startSshGit } from '#lib/testing/ssh-git.ts';
import { createGitSource } from './git-source.ts';

let folder: string;
let git: SshGit;
let source: SourcePort;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ssh-'));
  git = await startSshGit(folder);
  source = createGitSource({
    mirrorsDirectory: join(folder, 'mirrors'),
    allowFileUrls: false,
    allowPlainHttp: false,
    timeoutMs: 20_000,
  });
});
afterAll(async () => {
  await git?.stop();
  await rm(folder, { recursive: true, force: true });
});

function endpoint(change: { url?: string; privateKey?: string; knownHosts?: string } = {}): RepositoryEndpoint {
  const { url = git.url, privateKey = git.privateKey, knownHosts = git.knownHosts } = change;
  const credential: RepositoryCredential = { kind: 'ssh-key', privateKey, knownHosts };
  return { id: 'over-ssh', url, credential };
}

/** A commit on the server's branch main, without the wire. */
async function commitOnServer(text: string): Promise<string> {
  const blob = (await runGit(git.directory, ['hash-object', '-w', '--stdin'], { input: text })).trim();
  const tree = (await runGit(git.directory, ['mktree'], { input: `100644 blob ${blob}\ta.yaml\n` })).trim();
  const names = {
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@b.c',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@b.c',
  };
  const head = (await runGit(git.directory, ['for-each-ref', '--format=%(objectname)', 'refs/heads/main'])).trim();
  const parent = head === '' ? [] : ['-p', head];
  const sha = (await runGit(git.directory, ['commit-tree', tree, ...parent, '-m', text], { env: names })).trim();
  await runGit(git.directory, ['update-ref', 'refs/heads/main', sha]);
  return sha;
}

describe('a repository over ssh', () => {
  it('is tested, fetched and pushed to with a key and a known host', async () => {
    const first = await commitOnServer('one');
    const second = await commitOnServer('two');
    expect(await source.test(endpoint())).toMatchObject({ defaultBranch: 'main', refs: 1 });
    expect((await source.fetch(endpoint())).heads).toEqual([{ ref: 'refs/heads/main', sha: second }]);
    const restored = await source.prepareRestore(endpoint(), {
      branch: 'main',
      expectedHead: second,
      revision: first,
      paths: ['a.yaml'],
      message: 'Roll back',
      author: { name: 'Ada', email: 'ada@example.com' },
    });
    await source.push(endpoint(), { sha: restored.sha, branch: 'main', expectedHead: second });
    const head = await runGit(git.directory, ['for-each-ref', '--format=%(objectname)', 'refs/heads/main']);
    expect(head.trim()).toBe(restored.sha);
  });

  it('leaves no key on disk', async () => {
    await source.test(endpoint());
    expect(await readdir(join(folder, 'mirrors', '.scratch'))).toEqual([]);
  });

  it.each<[what: string, change: () => Parameters<typeof endpoint>[0], reason: string, words: RegExp]>([
    ['a host that is not known', () => ({ knownHosts: '' }), 'unsafe', /known hosts/],
    [
      'a host whose key changed',
      () => ({ knownHosts: git.knownHosts.replace(/ssh-ed25519 \S+/, makeSshKey().public) }),
      'unsafe',
      /it was replaced, or somebody stands in between/,
    ],
    [
      'a key it does not know',
      () => ({ privateKey: makeSshKey().private }),
      'unauthenticated',
      /refused the credential/,
    ],
    ['a key with a passphrase', () => ({ privateKey: makeSshKey('secret').private }), 'unauthenticated', /./],
    ['what is no key', () => ({ privateKey: 'nonsense' }), 'unauthenticated', /./],
    [
      'a port where nobody listens',
      () => ({ url: 'ssh://git@127.0.0.1:1/app.git' }),
      'unreachable',
      /cannot be reached/,
    ],
  ])('refuses %s', async (_what, change, reason, words) => {
    const wrong = endpoint(change());
    const error = await sourceFailure(source.test(wrong));
    expect(error).toMatchObject({ reason });
    expect(error.message).toMatch(words);
    expect(error.message).not.toContain('PRIVATE KEY');
  });

  it('does not find what is not there', async () => {
    const error = await sourceFailure(source.test(endpoint({ url: git.url.replace('app.git', 'other.git') })));
    expect(['not-found', 'unreachable']).toContain(error.reason);
  });
});
