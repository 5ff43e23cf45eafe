import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { diffDeployments } from '#lib/services/applications/deployments.ts';

export const GET = serve(ROUTES.diffDeployments, (ctx, { params, query }) =>
  diffDeployments(ctx, { ...params, ...query }),
);
