import type { WorkerContext } from '#lib/services/context.ts';

/** Asks to be run again after this long, without counting as a failure. */
export interface Requeue {
  requeueAfterMs: number;
}

/**
 * Brings the world of one key a step closer to what should be, from what is true now. May run twice, and beside
 * another process. Throwing means "try again later"; a {@link TerminalError} means "never".
 */
export type Reconciler = (ctx: WorkerContext, key: string, signal: AbortSignal) => Promise<void | Requeue>;

/** Trying again cannot help: the job is completed and the message logged. */
export class TerminalError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TerminalError';
  }
}
