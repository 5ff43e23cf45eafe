import { describe, expect, it } from 'vitest';

import { looksCorrupt, sourceErrorOf } from './map-error.ts';
import { redactWords, secretsOf } from './redact.ts';

describe("git's words", () => {
  it.each([
    ["fatal: Authentication failed for 'https://github.com/o/r.git/'", 'unauthenticated'],
    ['remote: HTTP Basic: Access denied\nfatal: Authentication failed', 'unauthenticated'],
    ["fatal: could not read Username for 'https://github.com': terminal prompts disabled", 'unauthenticated'],
    ['fatal: unable to access: The requested URL returned error: 403', 'unauthenticated'],
    [
      'git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.',
      'unauthenticated',
    ],
    ['remote: Repository not found.\nfatal: repository not found', 'not-found'],
    ["fatal: repository 'https://host/r.git/' not found", 'not-found'],
    ["fatal: '/srv/x' does not appear to be a git repository", 'not-found'],
    ['Host key verification failed.\nfatal: Could not read from remote repository.', 'unsafe'],
    ["fatal: transport 'file' not allowed", 'unsafe'],
    ['fatal: unable to access: Could not resolve host: nowhere', 'unreachable'],
    ['fatal: unable to access: Failed to connect to 127.0.0.1 port 1', 'unreachable'],
    ['fatal: unable to access: SSL certificate problem: certificate has expired', 'unreachable'],
    ['fatal: unable to access: The requested URL returned error: 502', 'unreachable'],
    ['fatal: the remote end hung up unexpectedly', 'unreachable'],
    ['ssh: connect to host x port 22: Connection timed out', 'timeout'],
    ['error: cannot run ssh: No such file or directory', 'internal'],
    ['something else', 'internal'],
  ])('%j is %s', (stderr, reason) => {
    const error = sourceErrorOf({ exitCode: 128, stdout: '', stderr }, 'Fetching', []);
    expect(error.reason).toBe(reason);
    expect(error.message).toContain('Fetching');
    expect(error.message).toContain(stderr.split('\n')[0]);
  });

  it.each([
    ['error: object file objects/ab/cd is empty', true],
    ['fatal: loose object abc is corrupt', true],
    ['fatal: bad object refs/heads/main', true],
    ['fatal: Authentication failed', false],
    ["fatal: '/srv/x' does not appear to be a git repository", false],
    ['fatal: unable to access: Could not resolve host', false],
  ])('%j means damage: %s', (stderr, damaged) => {
    expect(looksCorrupt({ exitCode: 1, stdout: '', stderr })).toBe(damaged);
  });

  it('are redacted: tokens in every spelling, userinfo, keys, escapes; and bounded', () => {
    const secrets = secretsOf({ kind: 'https-token', username: 'u', token: 'tok/en+1' });
    const basic = Buffer.from('u:tok/en+1').toString('base64');
    const words = redactWords(`a tok/en+1 tok%2Fen%2B1 ${basic} https://x:y@host/p \u001b[31mred\u001b[0m`, secrets);
    expect(words).toBe('a [redacted] [redacted] [redacted] https://host/p red');
    const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAAB3NzaC1yc2EAAAADAQAB\n-----END OPENSSH PRIVATE KEY-----';
    expect(redactWords(`x ${key} y`, [])).toBe('x [private key] y');
    const lines = secretsOf({ kind: 'ssh-key', privateKey: key, knownHosts: '' });
    expect(redactWords('leak AAAAB3NzaC1yc2EAAAADAQAB', lines)).toBe('leak [redacted]');
    expect(redactWords('x'.repeat(5000), []).length).toBeLessThan(700);
  });
});
