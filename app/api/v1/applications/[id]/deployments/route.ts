import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { listDeployments } from '#lib/services/applications/deployments.ts';

export const GET = serve(ROUTES.listDeployments, (ctx, { params, query }) =>
  listDeployments(ctx, { ...params, ...query }),
);
