import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { env } from '#lib/config/env.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';

/** Paths that must never reach a log line even when somebody logs a whole object. */
const REDACTED = [
  'password',
  'token',
  'credential',
  'authorization',
  'cookie',
  'privateKey',
  'key',
  'secret',
  'ciphertext',
  'stringData',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** Of an error only what says where it came from, without what a driver hangs on it: values, queries, hosts. */
function errorFacts(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: maskText(String(error)) };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { type: error.name, message: maskText(error.message), stack: maskText(error.stack ?? ''), ...code };
}

/** Every text of a line goes through the patterns of credentials, whoever wrote it. */
function masked(line: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(line).map(([name, value]) => [name, typeof value === 'string' ? maskText(value) : value]),
  );
}

let root: Logger | undefined;

/** A child logger of one part of the house; JSON lines on standard output. */
export function logger(part: string): Logger {
  root ??= createLogger(env().QUARTERDECK_LOG_LEVEL);
  return root.child({ part });
}

/** What {@link logger} logs through; `destination` is for tests. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: { process: process.title === 'node' ? process.pid : process.title },
    redact: { paths: REDACTED, censor: '[hidden]' },
    formatters: { level: (label) => ({ level: label }), log: masked },
    serializers: { err: errorFacts },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
