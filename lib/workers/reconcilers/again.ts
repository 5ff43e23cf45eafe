import type { Requeue } from '../reconciler.ts';

/** A verb's "look again in so many milliseconds" as a reconciler says it. */
export function again(milliseconds: number | null): Requeue | undefined {
  return milliseconds === null ? undefined : { requeueAfterMs: milliseconds };
}
