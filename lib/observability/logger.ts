import { type Logger, pino } from 'pino';
import { env } from '#lib/config/env.ts';

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

let root: Logger | undefined;

/** A child logger of one part of the house; JSON lines on standard output. */
export function logger(part: string): Logger {
  root ??= pino({
    level: env().QUARTERDECK_LOG_LEVEL,
    base: { process: process.title === 'node' ? process.pid : process.title },
    redact: { paths: REDACTED, censor: '[hidden]' },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
  });
  return root.child({ part });
}
