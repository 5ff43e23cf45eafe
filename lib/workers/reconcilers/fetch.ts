import { fetchRepository } from '#lib/services/revisions/fetch.ts';
import type { Reconciler } from '../reconciler.ts';
import { again } from './again.ts';

/** Key = repository id. */
export const fetchMirror: Reconciler = async (ctx, repositoryId, signal) =>
  again(await fetchRepository(ctx, repositoryId, signal));
