import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { RepositoryEndpoint, SourcePort } from '#lib/ports/source.ts';
import { runGit } from '#lib/sandbox/git/run-git.ts';
import type { SandboxGit } from '#lib/sandbox/git/start-sandbox-git.ts';
import { GitStage, sourceFailure } from '#lib/testing/git-stage.ts';

const execute = promisify(execFile);
const LIMITS = { maxBytes: 50_000_000, maxFiles: 10_000 };

let stage: GitStage;
let folder: string;
let git: SandboxGit;
let source: SourcePort;

beforeAll(async () => {
  stage = await GitStage.open();
  ({ folder, git } = stage);
  source = stage.source('mirrors');
});
afterAll(() => stage.close());

describe('fetch and resolve', () => {
  it('tests, fetches and answers heads with tags peeled', async () => {
    const endpoint = stage.withToken('storefront', `${git.url}/storefront.git`);
    const test = await source.test(endpoint);
    expect(test).toMatchObject({ defaultBranch: 'main', refs: 6 });
    const fetched = await source.fetch(endpoint);
    const revisions = git.repositories[0]?.revisions;
    expect(fetched.defaultBranch).toBe('main');
    expect(fetched.heads).toContainEqual({ ref: 'refs/heads/main', sha: revisions?.['more-memory'] });
    expect(fetched.heads).toContainEqual({ ref: 'refs/tags/v1.8.2', sha: revisions?.['web-1.8.2'] });
    expect(await source.fetch(endpoint)).toEqual(fetched);
  });

  it.each([
    ['HEAD', 'more-memory', 'refs/heads/main'],
    ['', 'more-memory', 'refs/heads/main'],
    ['main', 'more-memory', 'refs/heads/main'],
    ['refs/heads/main', 'more-memory', 'refs/heads/main'],
    ['v1.8.0', 'web-1.8.0', 'refs/tags/v1.8.0'],
    ['1.8.x', 'web-1.8.2', 'refs/tags/v1.8.2'],
    ['^1.7.0', 'web-1.8.2', 'refs/tags/v1.8.2'],
    ['~1.7', 'web-1.7.0', 'refs/tags/v1.7.0'],
    ['>=1.6.0 <1.8.1', 'web-1.8.0', 'refs/tags/v1.8.0'],
    ['v1.6.x', 'first', 'refs/tags/v1.6.0'],
  ])('resolves %j to %s', async (target, label, ref) => {
    const endpoint = stage.withToken('storefront', `${git.url}/storefront.git`);
    expect(await source.resolve(endpoint, target)).toEqual({ sha: git.repositories[0]?.revisions[label], ref });
  });

  it('resolves full and short SHAs', async () => {
    const endpoint = stage.withToken('storefront', `${git.url}/storefront.git`);
    const sha = git.repositories[0]?.revisions['probes'] ?? '';
    expect(await source.resolve(endpoint, sha)).toEqual({ sha, ref: null });
    expect(await source.resolve(endpoint, sha.slice(0, 9))).toEqual({ sha, ref: null });
  });

  it.each(['nothing', '^9', '--upload-pack=x', 'main..v1', '0'.repeat(40), 'refs/quarterdeck/keep/x', 'main^{tree}'])(
    'does not find %j',
    async (target) => {
      const endpoint = stage.withToken('storefront', `${git.url}/storefront.git`);
      const error = await sourceFailure(source.resolve(endpoint, target));
      expect(error.reason).toBe('not-found');
      expect(error.message).toContain(target);
    },
  );

  it('answers an empty repository, and then its first commit', async () => {
    const url = await git.createRepository('empty');
    const endpoint = stage.withToken('empty', url);
    expect(await source.fetch(endpoint)).toEqual({ defaultBranch: '', heads: [] });
    expect((await sourceFailure(source.resolve(endpoint, 'HEAD'))).reason).toBe('not-found');
    const { after } = await git.pushCommit({ repository: 'empty', subject: 'first', files: { a: 'a' } });
    await source.fetch(endpoint);
    expect(await source.resolve(endpoint, 'HEAD')).toEqual({ sha: after, ref: 'refs/heads/main' });
  });

  it('forgets a deleted branch, and takes a branch that became a folder', async () => {
    const { name, endpoint } = await stage.repository();
    await git.pushCommit({ repository: name, branch: 'topic', subject: 'topic', files: { t: 't' } });
    expect((await source.fetch(endpoint)).heads.map(({ ref }) => ref)).toEqual(['refs/heads/main', 'refs/heads/topic']);
    await git.deleteBranch(name, 'topic');
    await git.pushCommit({ repository: name, branch: 'topic/one', subject: 'one', files: { t: 't' } });
    const after = await source.fetch(endpoint);
    expect(after.heads.map(({ ref }) => ref)).toEqual(['refs/heads/main', 'refs/heads/topic/one']);
    expect((await sourceFailure(source.resolve(endpoint, 'topic'))).reason).toBe('not-found');
  });

  it('follows a force push and keeps deployed revisions through collection', async () => {
    const { name, endpoint, first } = await stage.repository();
    const lost = await git.pushCommit({ repository: name, subject: 'lost', files: { 'a.yaml': 'a: 2\n' } });
    await source.fetch(endpoint);
    await source.keep(endpoint, lost.after);
    const forced = await git.pushCommit({ repository: name, subject: 'other', files: { b: 'b' }, parent: first });
    expect((await source.fetch(endpoint)).heads).toEqual([{ ref: 'refs/heads/main', sha: forced.after }]);
    await runGit(join(folder, 'mirrors', `${name}.git`), ['gc', '--prune=now', '--quiet']);
    expect((await source.commit(endpoint, lost.after)).subject).toBe('lost');
    await rm(join(folder, 'mirrors', `${name}.git`, 'packed-refs'), { force: true });
  });

  it('takes a range over the tags of one part of a monorepo', async () => {
    const { name, endpoint, first } = await stage.repository();
    const { after } = await git.pushCommit({ repository: name, subject: 'second', files: { b: 'b' } });
    const tag = (ref: string, sha: string) => runGit(stage.serverFolder(name), ['update-ref', `refs/tags/${ref}`, sha]);
    await tag('web-v1.2.3', first);
    await tag('web-v2.0.0', after);
    await tag('api-v1.9.0', after);
    await tag('v1.8.0', after);
    await source.fetch(endpoint);
    expect(await source.resolve(endpoint, 'web-v^1.2')).toEqual({ sha: first, ref: 'refs/tags/web-v1.2.3' });
    expect(await source.resolve(endpoint, 'web-*')).toEqual({ sha: after, ref: 'refs/tags/web-v2.0.0' });
    expect(await source.resolve(endpoint, '1.x')).toEqual({ sha: after, ref: 'refs/tags/v1.8.0' });
    await tag('web-v1.3.0', after);
    await source.fetch(endpoint);
    expect(await source.resolve(endpoint, 'web-v^1.2')).toEqual({ sha: after, ref: 'refs/tags/web-v1.3.0' });
    const missing = await sourceFailure(source.resolve(endpoint, 'shop-^1'));
    expect(missing.message).toBe(
      'The target revision "shop-^1" was not found: no tag that begins with "shop-" is a version in that range.',
    );
  });

  it('reads file URLs, where they are allowed', async () => {
    const { name, first } = await stage.repository();
    const endpoint: RepositoryEndpoint = {
      id: 'by-file',
      url: `file://${stage.serverFolder(name)}`,
      credential: { kind: 'none' },
    };
    expect((await source.fetch(endpoint)).heads).toEqual([{ ref: 'refs/heads/main', sha: first }]);
    const strict = stage.source('strict', { allowFileUrls: false, allowPlainHttp: false });
    expect((await sourceFailure(strict.test(endpoint))).reason).toBe('unsafe');
    expect((await sourceFailure(strict.test(stage.withToken('x', `${git.url}/storefront.git`)))).reason).toBe('unsafe');
    const near = stage.source('near', { allowPlainHttp: 'loopback' });
    expect((await near.test(stage.withToken('x', `${git.url}/storefront.git`))).refs).toBe(6);
    expect((await sourceFailure(near.test(stage.withToken('x', 'http://192.0.2.1/r.git')))).reason).toBe('unsafe');
  });

  it.each([
    'ext::sh -c touch% /tmp/x',
    'ext::sh',
    '--upload-pack=touch',
    'https://user:secret@host.example/r.git',
    'https://169.254.169.254/latest',
    'ssh://-oProxyCommand=x/r',
    'ssh://git:secret@host.example/r',
    'git://host.example/r',
    'fd::7',
    'not a url',
    '/etc',
  ])('refuses the URL %j', async (url) => {
    const error = await sourceFailure(source.test({ id: 'x', url, credential: { kind: 'none' } }));
    expect(error.reason).toBe('unsafe');
    expect(error.message).not.toContain('secret');
  });
});

describe('damage and competition', () => {
  it('says not-found when the repository is gone, and goes on reading the mirror', async () => {
    const { name, endpoint, first } = await stage.repository();
    await source.fetch(endpoint);
    await rm(stage.serverFolder(name), { recursive: true });
    expect((await sourceFailure(source.fetch(endpoint))).reason).toMatch(/not-found|unreachable/);
    expect((await source.commit(endpoint, first)).subject).toBe('first');
  });

  it('rebuilds a damaged mirror and saves what it can of the kept revisions', async () => {
    const { name, endpoint, first } = await stage.repository();
    const lost = await git.pushCommit({ repository: name, subject: 'lost', files: { 'a.yaml': 'a: 2\n' } });
    await source.fetch(endpoint);
    await source.keep(endpoint, lost.after);
    const { after: head } = await git.pushCommit({ repository: name, subject: 'b', files: { b: 'b' }, parent: first });
    await source.fetch(endpoint);
    const mirror = join(folder, 'mirrors', `${name}.git`);
    await rm(join(mirror, 'objects', head.slice(0, 2), head.slice(2)));
    await writeFile(join(mirror, 'refs', 'heads', 'main'), 'garbage\n');
    await source.fetch(endpoint);
    expect((await source.resolve(endpoint, 'main')).sha).toMatch(/^[0-9a-f]{40}$/);
    expect((await source.log(endpoint, { to: (await source.resolve(endpoint, 'main')).sha, limit: 9 })).length).toBe(2);
    expect((await source.commit(endpoint, lost.after)).subject).toBe('lost');
  });

  it('marks a mirror whose objects cannot be read, so that the next fetch rebuilds it', async () => {
    const { name, endpoint, first } = await stage.repository();
    await source.fetch(endpoint);
    const mirror = join(folder, 'mirrors', `${name}.git`);
    const blob = (await source.hashes(endpoint, first, ['a.yaml']))[0]?.hash ?? '';
    const object = join(mirror, 'objects', blob.slice(0, 2), blob.slice(2));
    await chmod(object, 0o644);
    await writeFile(object, 'garbage');
    expect((await sourceFailure(source.checkout(endpoint, first, LIMITS))).message).toContain('damaged');
    await source.fetch(endpoint);
    const checkout = await source.checkout(endpoint, first, LIMITS);
    expect(await readFile(join(checkout.directory, 'a.yaml'), 'utf8')).toBe('a: 1\n');
    await checkout.dispose();
  });

  it('survives the lock files of a killed git and of a dead process', async () => {
    const { name, endpoint } = await stage.repository();
    await source.fetch(endpoint);
    const mirror = join(folder, 'mirrors', `${name}.git`);
    await writeFile(join(mirror, 'refs', 'heads', 'main.lock'), '');
    const { hostname } = await import('node:os');
    await writeFile(join(folder, 'mirrors', `${name}.lock`), `${hostname()} 999999999 dead`);
    const { after } = await git.pushCommit({ repository: name, subject: 'second', files: { b: 'b' } });
    expect((await source.fetch(endpoint)).heads).toEqual([{ ref: 'refs/heads/main', sha: after }]);
  });

  it('lets two sources share a mirrors folder', async () => {
    const { name, endpoint } = await stage.repository();
    const other = stage.source('mirrors');
    const work = Array.from({ length: 6 }, async (_, index) => {
      await git.pushCommit({ repository: name, subject: `c${index}`, files: { [`f${index}`]: String(index) } });
      const { heads } = await (index % 2 === 0 ? source : other).fetch(endpoint);
      return heads.length;
    });
    expect(await Promise.all(work)).toEqual([1, 1, 1, 1, 1, 1]);
    const { sha } = await source.resolve(endpoint, 'main');
    expect((await other.log(endpoint, { to: sha, limit: 50 })).length).toBeGreaterThanOrEqual(7 - 6 + 1);
    await source.fetch(endpoint);
    expect((await source.log(endpoint, { to: (await source.resolve(endpoint, 'main')).sha, limit: 50 })).length).toBe(
      7,
    );
  });

  it('lets other processes fetch into the same mirror', async () => {
    const { name, endpoint } = await stage.repository();
    const program = `
      import { createGitSource } from ${JSON.stringify(join(import.meta.dirname, 'git-source.ts'))};
      const source = createGitSource(JSON.parse(process.argv[1]));
      for (let at = 0; at < 4; at += 1) await source.fetch(JSON.parse(process.argv[2]));
      const { sha } = await source.resolve(JSON.parse(process.argv[2]), 'main');
      process.stdout.write(sha);`;
    const options = {
      mirrorsDirectory: join(folder, 'mirrors'),
      allowFileUrls: false,
      allowPlainHttp: true,
      timeoutMs: 20_000,
    };
    const args = ['--input-type=module', '-e', program, JSON.stringify(options), JSON.stringify(endpoint)];
    const { after } = await git.pushCommit({ repository: name, subject: 'second', files: { b: 'b' } });
    const children = [execute(process.execPath, args), execute(process.execPath, args)];
    await source.fetch(endpoint);
    const answers = await Promise.all(children);
    expect(answers.map(({ stdout }) => stdout)).toEqual([after, after]);
    expect(await readdir(join(folder, 'mirrors'))).not.toContain(`${name}.lock`);
  });

  it('kills a silent server after the timeout, and obeys an abort', async () => {
    const { createServer } = await import('node:net');
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const impatient = stage.source('impatient', { timeoutMs: 400 });
    const endpoint = stage.withToken('silent', `http://127.0.0.1:${port}/r.git`);
    const started = performance.now();
    const error = await sourceFailure(impatient.fetch(endpoint));
    expect(error.reason).toBe('timeout');
    expect(performance.now() - started).toBeLessThan(4000);
    expect((await sourceFailure(source.test(endpoint, { signal: AbortSignal.timeout(200) }))).message).toContain(
      'cancelled',
    );
    silent.close();
    expect((await sourceFailure(source.test(endpoint))).reason).toMatch(/unreachable|timeout/);
  });
});

describe('reading a revision', () => {
  it('answers commits, ranges and narrowed histories', async () => {
    const endpoint = stage.withToken('platform', `${git.url}/platform.git`);
    await source.fetch(endpoint);
    const revisions = git.repositories[1]?.revisions ?? {};
    const commit = await source.commit(endpoint, revisions['search-2.4.1-dev'] ?? '');
    expect(commit).toMatchObject({
      subject: 'search 2.4.1 in dev',
      body: expect.stringContaining('never published'),
      authorName: 'Jonas Weber',
      parents: [revisions['search-2.4.0-dev']],
      authoredAt: '2026-10-19T09:24:00+00:00',
    });
    const to = revisions['notifier-0.8.0'] ?? '';
    const range = await source.log(endpoint, { to, from: revisions['search-2.4.1-dev'] ?? '', limit: 10 });
    expect(range.map(({ sha }) => sha)).toEqual(
      ['notifier-0.8.0', 'search-2.4.0-production', 'checkout-3.2.0', 'search-2.4.1-staging'].map((l) => revisions[l]),
    );
    const narrowed = await source.log(endpoint, { to, paths: ['notifier'], limit: 10 });
    expect(narrowed).toHaveLength(3);
    const orphaned = await source.log(endpoint, { to, from: '1'.repeat(40), limit: 2 });
    expect(orphaned).toHaveLength(2);
    expect((await sourceFailure(source.log(endpoint, { to: '1'.repeat(40), limit: 2 }))).reason).toBe('not-found');
    expect((await sourceFailure(source.keep(endpoint, '1'.repeat(40)))).reason).toBe('not-found');
    expect(await readdir(join(folder, 'mirrors', 'platform.git'))).not.toContain('quarterdeck-suspect');
    expect((await sourceFailure(source.commit(endpoint, '0'.repeat(40)))).reason).toBe('not-found');
  });

  it('answers hashes for all paths at once, null where absent', async () => {
    const endpoint = stage.withToken('platform', `${git.url}/platform.git`);
    const { sha } = await source.resolve(endpoint, 'main');
    const paths = [
      'checkout/base',
      './checkout/base/',
      'charts/search/values.yaml',
      'nothing',
      'notifier/x/y',
      '.',
      '',
    ];
    const hashes = await source.hashes(endpoint, sha, paths);
    expect(hashes.map(({ path }) => path)).toEqual(paths);
    expect(hashes.map(({ hash }) => hash === null)).toEqual([false, false, false, true, true, false, false]);
    expect(hashes[0]?.hash).toBe(hashes[1]?.hash);
    expect(hashes[5]?.hash).toBe((await source.commit(endpoint, sha)).treeHash);
    expect((await sourceFailure(source.hashes(endpoint, sha, ['../x']))).reason).toBe('unsafe');
    expect((await sourceFailure(source.hashes(endpoint, '0'.repeat(40), ['a']))).reason).toBe('not-found');
  });

  it('checks out byte for byte, keeps links, runs no filter and caps size and count', async () => {
    const work = join(folder, 'work');
    await execute('git', ['init', '-q', '-b', 'main', work]);
    await writeFile(join(work, '.gitattributes'), '* text eol=crlf ident filter=lfs export-ignore\n');
    await writeFile(join(work, 'a.txt'), 'one\n$Id$\n');
    await mkdir(join(work, 'deep'));
    await symlink('../a.txt', join(work, 'deep', 'link'));
    const identity = ['-c', 'user.name=T', '-c', 'user.email=t@shop.example', '-c', 'filter.lfs.clean=cat'];
    await execute('git', [...identity, '-C', work, 'add', '.']);
    await execute('git', [...identity, '-C', work, 'commit', '-qm', 'x']);
    const endpoint: RepositoryEndpoint = { id: 'work', url: `file://${work}`, credential: { kind: 'none' } };
    await source.fetch(endpoint);
    const { sha } = await source.resolve(endpoint, 'main');
    const checkout = await source.checkout(endpoint, sha, LIMITS);
    const { directory } = checkout;
    expect(await readFile(join(directory, 'a.txt'), 'utf8')).toBe('one\n$Id$\n');
    expect(await readlink(join(directory, 'deep', 'link'))).toBe('../a.txt');
    expect((await readdir(directory)).toSorted()).toEqual(['.gitattributes', 'a.txt', 'deep']);
    await checkout.dispose();
    expect(await stat(directory).catch(() => null)).toBeNull();
    expect((await sourceFailure(source.checkout(endpoint, sha, { ...LIMITS, maxBytes: 20 }))).reason).toBe('too-large');
    expect((await sourceFailure(source.checkout(endpoint, sha, { ...LIMITS, maxFiles: 2 }))).reason).toBe('too-large');
    expect((await sourceFailure(source.checkout(endpoint, '1'.repeat(40), LIMITS))).reason).toBe('not-found');
  });

  it('forgets a mirror', async () => {
    const { name, endpoint } = await stage.repository();
    await source.fetch(endpoint);
    await source.forget(name);
    expect((await sourceFailure(source.resolve(endpoint, 'main'))).message).toContain('not been fetched');
    expect((await sourceFailure(source.forget('../x'))).reason).toBe('unsafe');
  });
});
