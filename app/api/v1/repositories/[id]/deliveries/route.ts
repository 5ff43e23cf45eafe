import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { listDeliveries } from '#lib/services/repositories/list.ts';

export const GET = serve(ROUTES.listDeliveries, (ctx, { params, query }) =>
  listDeliveries(ctx, { repositoryId: params.id, ...query }),
);
