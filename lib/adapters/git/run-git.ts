import { simpleGit } from 'simple-git';

import { metrics, outcomeOf, timed } from '#lib/observability/metrics.ts';
import { SourceError } from '#lib/ports/source.ts';

export interface GitCommand {
  args: string[];
  /** Folder the child runs in; must exist. */
  cwd: string;
  /** Added to the clean environment of every child. */
  env?: Record<string, string>;
  /** Sent to stdin; never empty. */
  input?: string;
  signal?: AbortSignal | undefined;
  /** Milliseconds for the whole command. */
  timeoutMs: number;
}

export interface GitOutput {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs one git command to its end. Throws SourceError 'timeout' (also for an abort), 'too-large' or 'internal'; any exit code is an answer. */
export type RunGit = (command: GitCommand) => Promise<GitOutput>;

/** Those that talk to the remote; all others are one for the metrics. */
const REMOTE_COMMANDS = ['fetch', 'push', 'ls-remote'] as const;
const MAX_OUTPUT = 256 * 1024 * 1024;
/** After a kill, how long the pipes of an orphaned helper may delay the answer. */
const GRACE_MS = 1000;

/** Settings of every child; they beat whatever a mirror's own config could say. */
const CONFIG = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.quotePath=false',
  'core.symlinks=true',
  'core.autocrlf=false',
  'credential.helper=',
  'fetch.recurseSubmodules=false',
  'gc.autoDetach=false',
  'http.lowSpeedLimit=1',
  'http.lowSpeedTime=30',
  'push.gpgSign=false',
  'submodule.recurse=false',
  'transfer.credentialsInUrl=die',
];

const ENVIRONMENT = {
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_LFS_SKIP_SMUDGE: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_PROTOCOL_FROM_USER: '0',
  GIT_ASKPASS: '/bin/false',
  SSH_ASKPASS: '/bin/false',
};

/** `environment` is what children may know of the machine: PATH, proxies, certificate bundles. */
export function createGitRunner(environment: Record<string, string>, home: string): RunGit {
  const runs: RunGit = async (command) => {
    const deadline = AbortSignal.timeout(command.timeoutMs);
    const flood = new AbortController();
    const signals = [deadline, flood.signal, ...(command.signal === undefined ? [] : [command.signal])];
    const abort = AbortSignal.any(signals);
    const answer = start(command, abort, {
      env: { ...environment, HOME: home, ...ENVIRONMENT, ...command.env },
      onFlood: () => flood.abort(),
    });
    const output = await Promise.race([answer, afterGrace(abort)]);
    if (flood.signal.aborted) throw new SourceError('too-large', `git ${verbOf(command)} answered more than 256 MiB.`);
    if (command.signal?.aborted === true) throw new SourceError('timeout', `git ${verbOf(command)} was cancelled.`);
    if (deadline.aborted || output === null) {
      const seconds = Math.round(command.timeoutMs / 100) / 10;
      throw new SourceError('timeout', `No answer within ${seconds} s (git ${verbOf(command)}); it is tried again.`);
    }
    if (output.stderr.includes('spawn git ENOENT')) {
      throw new SourceError('internal', 'git was not found on this machine; install git 2.38 or newer.');
    }
    return output;
  };
  return (command) =>
    timed(
      () => runs(command),
      metrics().gitCommands,
      (error, output) => ({
        command: REMOTE_COMMANDS.find((known) => known === verbOf(command)) ?? 'local',
        outcome: output !== undefined && output.exitCode !== 0 ? 'failed' : outcomeOf(error),
      }),
    );
}

function verbOf(command: GitCommand): string {
  return command.args[0] ?? '';
}

async function start(
  command: GitCommand,
  abort: AbortSignal,
  child: { env: Record<string, string>; onFlood: () => void },
): Promise<GitOutput> {
  const result: GitOutput = { exitCode: 0, stdout: '', stderr: '' };
  const git = simpleGit({
    baseDir: command.cwd,
    abort,
    allowEnvironment: Object.keys(child.env),
    completion: { onClose: true, onExit: false },
    config: CONFIG,
    errors: (_error, outcome) => {
      result.exitCode = outcome.exitCode;
      result.stderr = Buffer.concat(outcome.stdErr).toString('utf8');
      result.stdout = Buffer.concat(outcome.stdOut).toString('utf8');
      return undefined;
    },
    unsafe: {
      allowUnsafeAskPass: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeCredentialHelper: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeHooksPath: true,
      allowUnsafeSshCommand: true,
      allowUnsafeTemplateDir: true,
    },
    ...(command.input === undefined ? {} : { input: () => command.input }),
  }).env(child.env);
  git.outputHandler((_command, stdout) => {
    let bytes = 0;
    stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_OUTPUT) child.onFlood();
    });
  });
  try {
    const stdout = await git.raw(command.args);
    return { ...result, stdout };
  } catch (error) {
    if (abort.aborted) return { exitCode: -1, stdout: '', stderr: '' };
    throw new SourceError('internal', error instanceof Error ? error.message : String(error));
  }
}

function afterGrace(abort: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    abort.addEventListener('abort', () => setTimeout(resolve, GRACE_MS, null).unref(), { once: true });
  });
}
