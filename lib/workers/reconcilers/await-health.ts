import { awaitHealth } from '#lib/services/operations/await-health.ts';
import type { Reconciler } from '../reconciler.ts';
import { again } from './again.ts';

/** Key = operation id. */
export const awaitOperationHealth: Reconciler = async (ctx, operationId) => again(await awaitHealth(ctx, operationId));
