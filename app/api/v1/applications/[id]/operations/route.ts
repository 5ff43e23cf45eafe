import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { getApplicationOperations } from '#lib/services/operations/get.ts';
import { requestOperation } from '#lib/services/operations/request.ts';

export const GET = serve(ROUTES.listOperations, async (ctx, { params, query }) => ({
  items: await getApplicationOperations(ctx, { applicationId: params.id, limit: query.limit }),
}));

export const POST = serve(ROUTES.requestOperation, (ctx, { params, body }) =>
  requestOperation(ctx, { applicationId: params.id, input: body }),
);
