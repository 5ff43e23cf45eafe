import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { testNewCluster } from '#lib/services/clusters/test.ts';

export const POST = serve(ROUTES.testNewCluster, (ctx, { body }) => testNewCluster(ctx, body));
