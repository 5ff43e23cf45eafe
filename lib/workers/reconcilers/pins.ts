import { expirePin } from '#lib/services/pins/expire.ts';
import type { Reconciler } from '../reconciler.ts';
import { again } from './again.ts';

/** Key = application id. */
export const pins: Reconciler = async (ctx, applicationId) => again(await expirePin(ctx, applicationId));
