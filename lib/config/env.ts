import path from 'node:path';
import { z } from 'zod';

const flag = (fallback: 'on' | 'off') =>
  z
    .enum(['on', 'off'], { error: 'must be "on" or "off"' })
    .default(fallback)
    .transform((value) => value === 'on');

/** Whole numbers only: `1e3`, `0x10` and blanks are mistakes here, whatever JavaScript makes of them. */
const whole = (what: string, { fallback, min, max }: { fallback: number; min: number; max: number }) => {
  const words = `must be ${what} from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+$/, words)
    .transform(Number)
    .refine((value) => value >= min && value <= max, words)
    .default(fallback);
};

const seconds = (fallback: number, min: number, max: number) =>
  whole('a whole number of seconds', { fallback, min, max });

const port = (fallback: number) => whole('a port number', { fallback, min: 0, max: 65_535 });

const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` });

const encryptionKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64 (openssl rand -base64 32)');

const POSTGRES = /^postgres(ql)?:\/\//;

/** Where a browser on this machine finds a server that listens on `host`. */
export function localOrigin(host: string, at: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${at}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${at}`;
}

const environment = z.object({
  NODE_ENV: oneOf(['development', 'production', 'test']).default('production'),
  PORT: port(3000),
  HOST: z
    .string()
    .refine((host) => URL.canParse(localOrigin(host, 1)), 'must be an address or a host name')
    .default('127.0.0.1'),
  QUARTERDECK_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  QUARTERDECK_DATA_DIR: z.string().min(1).default('.quarterdeck'),
  DATABASE_URL: z
    .string()
    .regex(POSTGRES, 'must start with postgres:// or postgresql://')
    .refine(
      (url) => !POSTGRES.test(url) || URL.canParse(url),
      'cannot be read; a special character in the password is written as %XX',
    )
    .optional(),
  QUARTERDECK_SANDBOX: flag('on'),
  QUARTERDECK_ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  QUARTERDECK_ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
  QUARTERDECK_ENCRYPTION_KEY: encryptionKey.optional(),
  QUARTERDECK_ENCRYPTION_KEY_PREVIOUS: encryptionKey.optional(),
  QUARTERDECK_ALLOW_EXEC: flag('off'),
  QUARTERDECK_ALLOW_HTTP_GIT: flag('off'),
  QUARTERDECK_ALLOW_FILE_GIT: flag('off'),
  QUARTERDECK_ALLOW_IN_CLUSTER: flag('on'),
  QUARTERDECK_LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  QUARTERDECK_OPERATION_TIMEOUT: seconds(300, 10, 86_400),
  QUARTERDECK_CLUSTER_TIMEOUT: seconds(15, 1, 300),
  QUARTERDECK_GIT_TIMEOUT: seconds(60, 1, 3600),
  QUARTERDECK_RENDER_TIMEOUT: seconds(60, 1, 3600),
  QUARTERDECK_METRICS_PORT: z
    .string()
    .refine((text) => text === 'off' || (/^\d{1,5}$/.test(text) && Number(text) <= 65_535), {
      error: 'must be "off" or a port number from 0 to 65535',
    })
    .default('off')
    .transform((text) => (text === 'off' ? text : Number(text))),
  QUARTERDECK_METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,500}$/, 'must have 16 to 500 printable characters and no space')
    .optional(),
});

export interface Env extends z.output<typeof environment> {
  /** Absolute folder for mirrors, tools, keys and the embedded Postgres. */
  dataDirectory: string;
  /** Origin people type; the default follows HOST and PORT. */
  origin: string;
}

/** Every problem of the environment at once, one line a variable. */
export class EnvironmentError extends Error {
  constructor(problems: string[]) {
    super(`The environment is not valid:\n${problems.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'EnvironmentError';
  }
}

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host);

/** Parses an environment; empty variables count as absent. Throws {@link EnvironmentError}. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new EnvironmentError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const env = parsed.data;
  if ((env.QUARTERDECK_ADMIN_EMAIL === undefined) !== (env.QUARTERDECK_ADMIN_PASSWORD === undefined)) {
    throw new EnvironmentError([
      'QUARTERDECK_ADMIN_EMAIL, QUARTERDECK_ADMIN_PASSWORD: set both or neither (unattended first admin)',
    ]);
  }
  if (env.QUARTERDECK_METRICS_PORT !== 'off' && env.QUARTERDECK_METRICS_TOKEN === undefined && !isLoopback(env.HOST)) {
    throw new EnvironmentError([
      'QUARTERDECK_METRICS_TOKEN: must be set where QUARTERDECK_METRICS_PORT is served on another HOST than loopback',
    ]);
  }
  return {
    ...env,
    dataDirectory: path.resolve(env.QUARTERDECK_DATA_DIR),
    origin: new URL(env.QUARTERDECK_URL ?? localOrigin(env.HOST, env.PORT)).origin,
  };
}

let cached: Env | undefined;

/** The environment of this process, read once. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** Variables that programs we start need as they are (proxies, certificate authorities); absent and empty ones are left out. */
export function passedOn(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined || value === '' ? [] : [[name, value] as const];
    }),
  );
}
