import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

/** Below the ports that systems give to outgoing connections, so that one kept over restarts is most likely free then. */
const FIRST = 20_000;
const END = 32_000;
const CANDIDATES = 20;
/** What ran before may still be ending. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 100;

const isTaken = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

/**
 * Binds at the port of last time, waiting for it a moment; without one, at a free port that is likely to stay free. Only
 * when all of them are taken the system chooses.
 */
export async function bindStably<Bound>(
  bind: (port: number) => Promise<Bound>,
  last: number | undefined,
  patienceMs = PATIENCE_MS,
): Promise<Bound> {
  const deadline = Date.now() + patienceMs;
  const random = Array.from({ length: CANDIDATES }, () => randomInt(FIRST, END));
  for (const port of last === undefined ? random : [last, ...random]) {
    for (;;) {
      try {
        return await bind(port);
      } catch (error) {
        if (!isTaken(error)) throw error;
        if (port !== last || Date.now() > deadline) break;
        await setTimeout(PAUSE_MS);
      }
    }
  }
  return bind(0);
}
