import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';

function lineOf(log: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown> {
  const lines: string[] = [];
  log(createLogger('info', { write: (line) => void lines.push(line) }));
  const [line = ''] = lines;
  return JSON.parse(line) as Record<string, unknown>;
}

describe('a log line', () => {
  it('hides fields with the name of a secret, and credentials in any text', () => {
    const line = lineOf((log) =>
      log.warn(
        { token: 'hunter2hunter2', reason: 'fetch https://jane:hunter2@git.example failed', attempt: 2 },
        'failed',
      ),
    );
    expect(line).toMatchObject({ level: 'warn', msg: 'failed', attempt: 2, token: '[hidden]' });
    expect(line['reason']).toBe('fetch https://••••••@git.example failed');
  });

  it('keeps of an error where it came from, and nothing a driver hung on it', () => {
    const error = Object.assign(new Error('no connection to postgres://app:hunter2@db:5432'), {
      code: 'ECONNREFUSED',
      query: "INSERT INTO secrets VALUES ('hunter2')",
      detail: 'Key (value)=(hunter2) exists',
    });
    const line = lineOf((log) => log.error({ err: error }, 'lost'));
    expect(line['err']).toMatchObject({
      type: 'Error',
      code: 'ECONNREFUSED',
      stack: expect.stringContaining('logger.test'),
    });
    expect(JSON.stringify(line)).not.toContain('hunter2');
    expect(lineOf((log) => log.error({ err: 'Bearer abcdefgh12345' }, 'x'))['err']).toEqual({
      message: 'Bearer ••••••',
    });
  });
});
