import { computePlan } from '#lib/services/plans/compute.ts';
import type { Reconciler } from '../reconciler.ts';

/** Key = plan id. */
export const plan: Reconciler = (ctx, planId, signal) => computePlan(ctx, planId, signal);
