import { logger } from '#lib/observability/logger.ts';
import { recheckStates } from '#lib/services/drift/recheck.ts';
import type { Reconciler } from '../reconciler.ts';

const NIGHT_MS = 86_400_000;

/** Key = 'all'. */
export const recheck: Reconciler = async (ctx, _key, signal) => {
  const log = logger('recheck');
  const found = await recheckStates(ctx, undefined, signal);
  for (const one of found) log.error(one, 'a stored state is not what it should be');
  log.info({ discrepancies: found.length }, 'rechecked every state');
  return { requeueAfterMs: NIGHT_MS };
};
