import path from 'node:path';
import { z } from 'zod';

const flag = (fallback: 'on' | 'off') =>
  z
    .enum(['on', 'off'], { error: 'must be "on" or "off"' })
    .default(fallback)
    .transform((value) => value === 'on');

const seconds = (fallback: number, min: number, max: number) =>
  z.coerce.number({ error: 'must be a number of seconds' }).int().min(min).max(max).default(fallback);

const environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  QUARTERDECK_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  QUARTERDECK_DATA_DIR: z.string().min(1).default('.quarterdeck'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
    .optional(),
  QUARTERDECK_SANDBOX: flag('on'),
  QUARTERDECK_ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  QUARTERDECK_ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
  QUARTERDECK_ENCRYPTION_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64')
    .optional(),
  QUARTERDECK_ENCRYPTION_KEY_PREVIOUS: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64')
    .optional(),
  QUARTERDECK_ALLOW_EXEC: flag('off'),
  QUARTERDECK_ALLOW_HTTP_GIT: flag('off'),
  QUARTERDECK_ALLOW_FILE_GIT: flag('off'),
  QUARTERDECK_ALLOW_IN_CLUSTER: flag('on'),
  QUARTERDECK_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  QUARTERDECK_OPERATION_TIMEOUT: seconds(300, 10, 86_400),
  QUARTERDECK_CLUSTER_TIMEOUT: seconds(15, 1, 300),
  QUARTERDECK_GIT_TIMEOUT: seconds(60, 1, 3600),
  QUARTERDECK_RENDER_TIMEOUT: seconds(60, 1, 3600),
  QUARTERDECK_METRICS_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
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
  return {
    ...env,
    dataDirectory: path.resolve(env.QUARTERDECK_DATA_DIR),
    origin: new URL(env.QUARTERDECK_URL ?? `http://${env.HOST === '0.0.0.0' ? 'localhost' : env.HOST}:${env.PORT}`)
      .origin,
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
