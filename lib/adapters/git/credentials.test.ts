import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type RepositoryEndpoint, SourceError, type SourcePort } from '#lib/ports/source.ts';
import { type SandboxGit, startSandboxGit } from '#lib/sandbox/git/start-sandbox-git.ts';

import { createGitSource } from './git-source.ts';

const execute = promisify(execFile);

let folder: string;
let git: SandboxGit;
let source: SourcePort;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'git-source-'));
  git = await startSandboxGit({ dataDir: join(folder, 'server') });
  source = newSource('mirrors');
});
afterAll(async () => {
  await git.stop();
  await rm(folder, { recursive: true, force: true });
});

function newSource(name: string, extra: Partial<Parameters<typeof createGitSource>[0]> = {}): SourcePort {
  return createGitSource({
    mirrorsDirectory: join(folder, name),
    allowFileUrls: true,
    allowPlainHttp: true,
    timeoutMs: 20_000,
    ...extra,
  });
}

/** A repository of its own on the server, with one commit. */
async function freshRepository(files: Record<string, string> = { 'a.yaml': 'a: 1\n' }): Promise<{
  name: string;
  endpoint: RepositoryEndpoint;
  first: string;
}> {
  count += 1;
  const name = `repository-${count}`;
  const url = await git.createRepository(name);
  const { after } = await git.pushCommit({ repository: name, subject: 'first', files });
  return { name, endpoint: withToken(name, url), first: after };
}

function withToken(id: string, url: string, token = git.token): RepositoryEndpoint {
  return { id, url, credential: { kind: 'https-token', username: 'anyone', token } };
}

function serverFolder(name: string): string {
  return join(folder, 'server', `${name}.git`);
}

async function failure(work: Promise<unknown>): Promise<SourceError> {
  const error: unknown = await work.then(
    () => new Error('expected a failure'),
    (reason: unknown) => reason,
  );
  if (error instanceof SourceError) return error;
  throw error;
}

describe('credentials', () => {
  const CANARY = 'canary-token-4f1d9c';

  it('never repeats a token: wrong token, and a server that echoes it', async () => {
    const wrong = await failure(source.fetch(withToken('wrong', `${git.url}/storefront.git`, CANARY)));
    expect(wrong.reason).toBe('unauthenticated');
    expect(JSON.stringify([wrong.message, String(wrong.cause), wrong.stack])).not.toContain(CANARY);
    const { createServer } = await import('node:http');
    const echo = createServer((request, response) => {
      const basic = (request.headers.authorization ?? '').replace('Basic ', '');
      response.statusCode = basic === '' ? 401 : 500;
      response.setHeader('WWW-Authenticate', 'Basic realm="x"');
      response.setHeader('Content-Type', 'text/plain');
      response.end(`you said ${Buffer.from(basic, 'base64').toString()} ${basic}\n`);
    });
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    const address = echo.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const echoed = await failure(source.fetch(withToken('echo', `http://127.0.0.1:${port}/r.git`, CANARY)));
    expect(echoed.message).not.toContain(CANARY);
    expect(echoed.message).not.toContain(Buffer.from(`anyone:${CANARY}`).toString('base64'));
    echo.close();
  });

  it('leaves no trace of the token on disk', async () => {
    const { endpoint } = await freshRepository();
    await source.fetch(endpoint);
    const hits = await execute('grep', ['-rl', git.token, join(folder, 'mirrors')]).then(
      ({ stdout }) => stdout,
      () => '',
    );
    expect(hits).toBe('');
    expect((await readdir(join(folder, 'mirrors', '.scratch'))).filter((name) => name.startsWith('access-'))).toEqual(
      [],
    );
  });

  it('gives ssh a private key file, strict known hosts and nothing of the machine, then removes both', async () => {
    const { name, first } = await freshRepository();
    const tools = join(folder, 'tools');
    await mkdir(tools);
    const log = join(folder, 'ssh.log');
    const script = `#!/bin/sh
printf '%s\\n' "$@" > ${log}
for word in "$@"; do case "$word" in */key) stat -c 'key %a' "$word" >> ${log}; cat "$word" >> ${log};; esac; last="$word"; done
env | grep -c CANARY_OF_THE_MACHINE >> ${log}
exec sh -c "$last"
`;
    await writeFile(join(tools, 'ssh'), script, { mode: 0o755 });
    const ssh = newSource('ssh', { environment: { PATH: `${tools}:/usr/bin:/bin` } });
    const endpoint: RepositoryEndpoint = {
      id: 'ssh',
      url: `ssh://git@host.example${serverFolder(name)}`,
      credential: {
        kind: 'ssh-key',
        privateKey: 'KEY-CANARY-OF-THE-TEST',
        knownHosts: 'host.example ssh-ed25519 AAAA',
      },
    };
    expect((await ssh.fetch(endpoint)).heads).toEqual([{ ref: 'refs/heads/main', sha: first }]);
    const said = await readFile(log, 'utf8');
    expect(said).toContain('StrictHostKeyChecking=yes');
    expect(said).toContain('key 600');
    expect(said).toContain('KEY-CANARY-OF-THE-TEST');
    expect(said.trimEnd().endsWith('0')).toBe(true);
    expect((await readdir(join(folder, 'ssh', '.scratch'))).filter((entry) => entry.startsWith('access-'))).toEqual([]);
  });
});
