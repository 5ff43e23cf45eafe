import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { getApplicationOperations } from '#lib/services/operations/get.ts';
import { requestOperation } from '#lib/services/operations/request.ts';

export const GET = serve(ROUTES.listOperations, (ctx, { params, query }) =>
  getApplicationOperations(ctx, { applicationId: params.id, ...query }),
);

export const POST = serve(ROUTES.requestOperation, (ctx, { params, body }) =>
  requestOperation(ctx, { applicationId: params.id, input: body }),
);
