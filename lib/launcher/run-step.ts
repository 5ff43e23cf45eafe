import { spawn } from 'node:child_process';
import path from 'node:path';

export interface StepResult {
  name: string;
  ok: boolean;
  output: string;
  seconds: number;
}

const root = path.resolve(import.meta.dirname, '../..');

/** Runs one command of the packaged tools in the project's root and keeps its words; never throws. */
export async function runStep(
  name: string,
  command: string[],
  options: { env?: Record<string, string>; cwd?: string; echo?: boolean } = {},
): Promise<StepResult> {
  const begun = performance.now();
  const [program = '', ...args] = command;
  const output: string[] = [];
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', ...options.env },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output.push(chunk.toString('utf8'));
        if (options.echo === true) process.stdout.write(chunk);
      });
    }
    child.once('error', (error) => {
      output.push(error.message);
      resolve(null);
    });
    child.once('exit', resolve);
  });
  return { name, ok: code === 0, output: output.join(''), seconds: (performance.now() - begun) / 1000 };
}

/** Prints one line a step, and the words of those that failed. */
export function report(result: StepResult): void {
  process.stdout.write(`${result.ok ? '✓' : '✗'} ${result.name} (${result.seconds.toFixed(1)} s)\n`);
  if (!result.ok) process.stdout.write(`${result.output.trimEnd()}\n`);
}
