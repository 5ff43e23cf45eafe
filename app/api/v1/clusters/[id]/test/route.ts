import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { testCluster } from '#lib/services/clusters/test.ts';

export const POST = serve(ROUTES.testCluster, (ctx, { params }) => testCluster(ctx, params));
