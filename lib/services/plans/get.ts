import type { PlanView } from '#lib/contracts/operations.ts';
import { findPlan } from '#lib/database/plans.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { planViewOf } from './view.ts';

/** Errors: forbidden, not-found. */
export async function getPlan(ctx: Context, input: { id: string }): Promise<PlanView> {
  await requirePermission(ctx, 'applications:read');
  const row = await findPlan(ctx.database.prisma, input.id);
  if (!row) throw notFound('plan', input.id);
  return planViewOf(row);
}
