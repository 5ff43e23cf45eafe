import { requestCompare } from '#lib/services/drift/request-compare.ts';
import type { Reconciler } from '../reconciler.ts';
import { again } from './again.ts';

/** Key = application id. */
export const compare: Reconciler = async (ctx, applicationId, signal) =>
  again(await requestCompare(ctx, applicationId, signal));
