import { env } from '#lib/config/env.ts';

/** Caps of one render; beyond them it fails with words instead of taking the worker down. */
export function renderLimits(): { timeoutMs: number; maxBytes: number; maxObjects: number; maxFiles: number } {
  return {
    timeoutMs: env().QUARTERDECK_RENDER_TIMEOUT * 1000,
    maxBytes: 20 * 1024 * 1024,
    maxObjects: 5_000,
    maxFiles: 20_000,
  };
}

/** Caps of one checkout of a repository. */
export const CHECKOUT_LIMITS = { maxBytes: 1024 * 1024 * 1024, maxFiles: 200_000 };
