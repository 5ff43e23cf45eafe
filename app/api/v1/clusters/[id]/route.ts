import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { deleteCluster } from '#lib/services/clusters/delete.ts';
import { getCluster } from '#lib/services/clusters/list.ts';
import { updateCluster } from '#lib/services/clusters/update.ts';

export const GET = serve(ROUTES.getCluster, (ctx, { params }) => getCluster(ctx, params));

export const PATCH = serve(ROUTES.updateCluster, (ctx, { params, body }) =>
  updateCluster(ctx, { id: params.id, change: body }),
);

export const DELETE = serve(ROUTES.deleteCluster, (ctx, { params }) => deleteCluster(ctx, params));
