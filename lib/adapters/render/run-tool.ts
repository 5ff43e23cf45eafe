import { spawn } from 'node:child_process';

import { RenderError } from '#lib/ports/renderer.ts';

export interface ToolRun {
  command: string[];
  cwd: string;
  /** The whole environment of the child. */
  env: Record<string, string>;
  /** Milliseconds. */
  timeoutMs: number;
  /** Cap of stdout, bytes. */
  maxBytes: number;
  signal: AbortSignal | undefined;
}

export interface ToolOutput {
  exitCode: number;
  stdout: string;
  stderr: string;
}

const MAX_STDERR = 64 * 1024;

/** Runs a tool in a process group of its own, which is killed whole. Throws RenderError 'timeout', 'too-large', 'tool-missing'. */
export function runTool(run: ToolRun): Promise<ToolOutput> {
  const [program = '', ...args] = run.command;
  return new Promise((resolve, reject) => {
    if (run.signal?.aborted === true) return reject(new RenderError('timeout', 'The render was cancelled.'));
    const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', ...run.env };
    const child = spawn(program, args, { cwd: run.cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let outBytes = 0;
    let errBytes = 0;
    const end = (error: RenderError | null, output?: ToolOutput): void => {
      clearTimeout(timer);
      run.signal?.removeEventListener('abort', onAbort);
      if (error !== null) reject(error);
      else if (output !== undefined) resolve(output);
    };
    const stop = (error: RenderError): void => {
      killGroup(child.pid);
      end(error);
    };
    const onAbort = (): void => stop(new RenderError('timeout', 'The render was cancelled.'));
    const seconds = Math.round(run.timeoutMs / 100) / 10;
    const timer = setTimeout(
      () => stop(new RenderError('timeout', `The render took longer than ${seconds} s.`)),
      run.timeoutMs,
    );
    run.signal?.addEventListener('abort', onAbort, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      outBytes += chunk.length;
      if (outBytes > run.maxBytes) {
        const mib = (run.maxBytes / 1024 / 1024).toFixed(1);
        stop(new RenderError('too-large', `The rendered manifests have more than ${mib} MiB.`));
      } else out.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errBytes += chunk.length;
      if (errBytes <= MAX_STDERR) err.push(chunk);
    });
    child.on('error', (error) =>
      end(new RenderError('tool-missing', `${program} cannot be started: ${error.message}`)),
    );
    child.on('close', (code) => {
      const stdout = Buffer.concat(out).toString('utf8');
      end(null, { exitCode: code ?? -1, stdout, stderr: Buffer.concat(err).toString('utf8') });
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}
