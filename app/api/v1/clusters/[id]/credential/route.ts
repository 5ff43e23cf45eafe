import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { rotateClusterCredential } from '#lib/services/clusters/update.ts';

export const PUT = serve(ROUTES.rotateClusterCredential, (ctx, { params, body }) =>
  rotateClusterCredential(ctx, { id: params.id, endpoint: body }),
);
