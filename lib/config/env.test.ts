import { describe, expect, test } from 'vitest';
import { EnvironmentError, parseEnv } from './env.ts';

/** The lines of a refused environment, without its first. */
function problemsOf(source: Record<string, string>): string[] {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message.split('\n').slice(1);
    throw error;
  }
  return [];
}

describe('an environment', () => {
  test('may be empty, and empty variables count as absent', () => {
    expect(parseEnv({})).toEqual(parseEnv({ PORT: '', DATABASE_URL: '', QUARTERDECK_URL: '' }));
    expect(parseEnv({})).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', origin: 'http://127.0.0.1:3000' });
  });

  test.each([
    ['NODE_ENV', 'prod', 'one of development, production, test'],
    ['PORT', 'abc', 'a port number from 0 to 65535'],
    ['PORT', '65536', 'a port number from 0 to 65535'],
    ['PORT', '3e3', 'a port number'],
    ['PORT', '-1', 'a port number'],
    ['PORT', ' ', 'a port number'],
    ['HOST', 'not a host', 'an address or a host name'],
    ['QUARTERDECK_URL', 'ftp://deck.example', 'an http or https URL'],
    ['DATABASE_URL', 'mysql://x/y', 'start with postgres://'],
    ['DATABASE_URL', 'postgres://user:p/w@[x/db', 'written as %XX'],
    ['QUARTERDECK_SANDBOX', 'yes', '"on" or "off"'],
    ['QUARTERDECK_ENCRYPTION_KEY', 'abc', '32 bytes in base64'],
    ['QUARTERDECK_ENCRYPTION_KEY_PREVIOUS', 'abc', '32 bytes in base64'],
    ['QUARTERDECK_ALLOW_EXEC', '1', '"on" or "off"'],
    ['QUARTERDECK_ALLOW_HTTP_GIT', 'true', '"on" or "off"'],
    ['QUARTERDECK_ALLOW_FILE_GIT', 'ON', '"on" or "off"'],
    ['QUARTERDECK_ALLOW_IN_CLUSTER', 'no', '"on" or "off"'],
    ['QUARTERDECK_LOG_LEVEL', 'loud', 'one of trace, debug'],
    ['QUARTERDECK_OPERATION_TIMEOUT', '9', 'seconds from 10 to 86400'],
    ['QUARTERDECK_CLUSTER_TIMEOUT', '301', 'seconds from 1 to 300'],
    ['QUARTERDECK_GIT_TIMEOUT', '1.5', 'seconds from 1 to 3600'],
    ['QUARTERDECK_RENDER_TIMEOUT', 'soon', 'seconds from 1 to 3600'],
    ['QUARTERDECK_METRICS_PORT', 'on', '"off" or a port number'],
    ['QUARTERDECK_METRICS_PORT', '70000', '"off" or a port number'],
    ['QUARTERDECK_METRICS_TOKEN', 'too short', '16 to 500 printable characters'],
  ])('refuses %s=%s in one line that says what is wanted', (name, value, words) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^  ${name}: `));
    expect(problems[0]).toContain(words);
  });

  test.each([
    [{ QUARTERDECK_ADMIN_EMAIL: 'nope', QUARTERDECK_ADMIN_PASSWORD: 'long enough to do' }, 'an e-mail address'],
    [{ QUARTERDECK_ADMIN_EMAIL: 'a@example.com', QUARTERDECK_ADMIN_PASSWORD: 'short' }, 'at least 12 characters'],
    [{ QUARTERDECK_ADMIN_EMAIL: 'a@example.com' }, 'both or neither'],
    [{ QUARTERDECK_ADMIN_PASSWORD: 'long enough to do' }, 'both or neither'],
  ])('refuses the first admin %o', (source, words) => {
    const problems = problemsOf(source);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(words);
    expect(problems[0]).not.toContain('short');
  });

  test('names every wrong variable at once, and no value', () => {
    const problems = problemsOf({ PORT: 'a', QUARTERDECK_SANDBOX: 'b', QUARTERDECK_ENCRYPTION_KEY: 'a-secret-value' });
    expect(problems.map((line) => line.trim().split(':')[0])).toEqual([
      'PORT',
      'QUARTERDECK_SANDBOX',
      'QUARTERDECK_ENCRYPTION_KEY',
    ]);
    expect(problems.join()).not.toContain('a-secret-value');
  });

  test.each([
    [{ HOST: '0.0.0.0' }, 'http://localhost:3000'],
    [{ HOST: '::' }, 'http://localhost:3000'],
    [{ HOST: '::1', PORT: '8080' }, 'http://[::1]:8080'],
    [{ HOST: 'deck.internal', PORT: '80' }, 'http://deck.internal'],
    [{ HOST: '0.0.0.0', QUARTERDECK_URL: 'https://deck.example/path' }, 'https://deck.example'],
  ])('opens %o at %s', (source, origin) => {
    expect(parseEnv(source).origin).toBe(origin);
  });

  test.each([
    [{}, 'off'],
    [{ QUARTERDECK_METRICS_PORT: 'off', HOST: '0.0.0.0' }, 'off'],
    [{ QUARTERDECK_METRICS_PORT: '0' }, 0],
    [{ QUARTERDECK_METRICS_PORT: '9464', HOST: '::1' }, 9464],
    [{ QUARTERDECK_METRICS_PORT: '9464', HOST: '0.0.0.0', QUARTERDECK_METRICS_TOKEN: 'x'.repeat(16) }, 9464],
  ])('serves the metrics of %o at %s', (source, at) => {
    expect(parseEnv(source).QUARTERDECK_METRICS_PORT).toBe(at);
  });

  test('refuses metrics for everybody beyond loopback', () => {
    const problems = problemsOf({ QUARTERDECK_METRICS_PORT: '9464', HOST: '0.0.0.0' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^ {2}QUARTERDECK_METRICS_TOKEN: must be set where/);
  });
});
