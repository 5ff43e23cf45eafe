import { spawn } from 'node:child_process';
import { isObject, textAt } from '#lib/domain/resource/json.ts';
import { ClusterError, type ClusterCredential } from '#lib/ports/cluster.ts';
import { cleanText } from './errors.ts';
import type { Settings } from './options.ts';

export type ExecCredential = Extract<ClusterCredential, { kind: 'exec' }>;

/** What a plugin answered. */
export interface PluginAnswer {
  token: string | undefined;
  certificate: string | undefined;
  key: string | undefined;
  /** Milliseconds since the epoch; undefined = until the server refuses it. */
  expiresAt: number | undefined;
}

const MAX_OUTPUT = 1024 * 1024;

/** Why this plugin does not run here; undefined when it may. */
export function execProblem(
  command: string,
  settings: Pick<Settings, 'allowExecPlugins' | 'allowedExecCommands'>,
): string | undefined {
  if (!settings.allowExecPlugins)
    return `It authenticates by running ${command}, and exec plugins are not allowed here; an administrator can allow them with QUARTERDECK_ALLOW_EXEC=on, or use a service account token`;
  if (settings.allowedExecCommands !== undefined && !settings.allowedExecCommands.includes(command))
    return `It authenticates by running ${command}, which is not among the allowed commands (${settings.allowedExecCommands.join(', ') || 'none'})`;
  return undefined;
}

const failed = (credential: ExecCredential, why: string) =>
  new ClusterError('unauthenticated', `The exec plugin ${credential.command} ${why}`);

function parseAnswer(credential: ExecCredential, output: string): PluginAnswer {
  let parsed: unknown;
  try {
    parsed = JSON.parse(output);
  } catch {
    throw failed(credential, 'printed no ExecCredential in JSON; run it by hand to see what it prints');
  }
  const status = isObject(parsed) ? parsed['status'] : undefined;
  const answer = {
    token: textAt(status, 'token') || undefined,
    certificate: textAt(status, 'clientCertificateData') || undefined,
    key: textAt(status, 'clientKeyData') || undefined,
  };
  if (answer.token === undefined && (answer.certificate === undefined || answer.key === undefined))
    throw failed(credential, 'gave neither a token nor a client certificate with its key');
  const expiry = Date.parse(textAt(status, 'expirationTimestamp'));
  return { ...answer, expiresAt: Number.isNaN(expiry) ? undefined : expiry };
}

/**
 * Runs the plugin without a shell, with an environment of its own and a limit on time and output.
 * Errors: ClusterError 'unauthenticated', which never quotes what the plugin printed to standard output.
 */
export async function runExecPlugin(
  credential: ExecCredential,
  settings: Pick<Settings, 'allowExecPlugins' | 'allowedExecCommands' | 'execEnvironment' | 'timeoutMs'>,
): Promise<PluginAnswer> {
  const problem = execProblem(credential.command, settings);
  if (problem !== undefined) throw new ClusterError('unauthenticated', problem);
  const info = { apiVersion: credential.apiVersion, kind: 'ExecCredential', spec: { interactive: false } };
  const child = spawn(credential.command, credential.args, {
    env: {
      NODE_ENV: 'production',
      ...settings.execEnvironment,
      ...credential.env,
      KUBERNETES_EXEC_INFO: JSON.stringify(info),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: false,
    timeout: settings.timeoutMs,
    killSignal: 'SIGKILL',
  });
  return new Promise((resolve, reject) => {
    let output = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.length > MAX_OUTPUT) child.kill('SIGKILL');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = `${complaint}${text}`.slice(-2_000);
    });
    child.on('error', (error) => reject(failed(credential, `cannot be started: ${cleanText(error.message, [])}`)));
    child.on('close', (code, signal) => {
      if (signal !== null)
        return reject(failed(credential, `gave no answer within ${settings.timeoutMs / 1000} s and was ended`));
      const words = cleanText(complaint, Object.values(credential.env));
      if (code !== 0)
        return reject(failed(credential, `ended with ${String(code)}${words === '' ? '' : `: ${words}`}`));
      try {
        return resolve(parseAnswer(credential, output));
      } catch (error) {
        return reject(error instanceof Error ? error : failed(credential, 'failed'));
      }
    });
  });
}
