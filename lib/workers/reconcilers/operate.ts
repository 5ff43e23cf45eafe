import { runOperation } from '#lib/services/operations/run.ts';
import type { Reconciler } from '../reconciler.ts';
import { again } from './again.ts';

/** Key = operation id. */
export const operate: Reconciler = async (ctx, operationId, signal) =>
  again(await runOperation(ctx, operationId, signal));
