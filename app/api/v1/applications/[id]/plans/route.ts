import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { requestPlan } from '#lib/services/plans/request.ts';

export const POST = serve(ROUTES.requestPlan, (ctx, { params, body }) =>
  requestPlan(ctx, { applicationId: params.id, input: body }),
);
