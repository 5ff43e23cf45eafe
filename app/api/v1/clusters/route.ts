import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { createCluster } from '#lib/services/clusters/create.ts';
import { listClusters } from '#lib/services/clusters/list.ts';

export const GET = serve(ROUTES.listClusters, async (ctx) => ({ items: await listClusters(ctx) }));

export const POST = serve(ROUTES.createCluster, (ctx, { body }) => createCluster(ctx, body));
