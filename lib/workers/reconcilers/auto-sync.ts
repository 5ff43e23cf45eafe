import { syncAutomatically } from '#lib/services/operations/automatic.ts';
import type { Reconciler } from '../reconciler.ts';
import { again } from './again.ts';

/** Key = application id. */
export const autoSync: Reconciler = async (ctx, applicationId, signal) =>
  again(await syncAutomatically(ctx, applicationId, signal));
