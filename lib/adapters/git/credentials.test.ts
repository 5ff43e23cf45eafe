import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { RepositoryEndpoint, SourcePort } from '#lib/ports/source.ts';
import type { SandboxGit } from '#lib/sandbox/git/start-sandbox-git.ts';
import { GitStage, sourceFailure } from '#lib/testing/git-stage.ts';

const execute = promisify(execFile);

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

describe('credentials', () => {
  const CANARY = 'canary-token-4f1d9c';

  it('never repeats a token: wrong token, and a server that echoes it', async () => {
    const wrong = await sourceFailure(source.fetch(stage.withToken('wrong', `${git.url}/storefront.git`, CANARY)));
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
    const echoed = await sourceFailure(source.fetch(stage.withToken('echo', `http://127.0.0.1:${port}/r.git`, CANARY)));
    expect(echoed.message).not.toContain(CANARY);
    expect(echoed.message).not.toContain(Buffer.from(`anyone:${CANARY}`).toString('base64'));
    echo.close();
  });

  it('leaves no trace of the token on disk', async () => {
    const { endpoint } = await stage.repository();
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
    const { name, first } = await stage.repository();
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
    const ssh = stage.source('ssh', { environment: { PATH: `${tools}:/usr/bin:/bin` } });
    const endpoint: RepositoryEndpoint = {
      id: 'ssh',
      url: `ssh://git@host.example${stage.serverFolder(name)}`,
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
