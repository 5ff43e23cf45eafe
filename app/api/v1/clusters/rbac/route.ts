import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { clusterRbac } from '#lib/services/clusters/rbac.ts';

export const GET = serve(ROUTES.getClusterRbac, (ctx, { query }) => clusterRbac(ctx, query));
