import { expireSuspension } from '#lib/services/suspensions/expire.ts';
import type { Reconciler } from '../reconciler.ts';
import { again } from './again.ts';

/** Key = application id. */
export const suspensions: Reconciler = async (ctx, applicationId) => again(await expireSuspension(ctx, applicationId));
