import { runTool } from './run-tool.ts';

const WAYS = ['/usr/bin/unshare', '/bin/unshare'].flatMap((program) => [
  [program, '-n'],
  [program, '-rn'],
]);

let found: Promise<string[]> | undefined;

/**
 * Words to put before a command so that it runs without any network, where this Linux allows it; else none (the static
 * checks of remote bases and value files stand alone). Probed once per process.
 */
export function networkCutter(env: Record<string, string>): Promise<string[]> {
  found ??= probe(env);
  return found;
}

async function probe(env: Record<string, string>): Promise<string[]> {
  for (const way of WAYS) {
    const run = { command: [...way, '/bin/true'], cwd: '/', env, timeoutMs: 5000, maxBytes: 1024, signal: undefined };
    const answer = await runTool(run).catch(() => null);
    if (answer?.exitCode === 0) return way;
  }
  return [];
}
