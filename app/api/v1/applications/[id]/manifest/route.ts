import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { askLiveManifest } from '#lib/services/applications/ask-cluster.ts';

export const GET = serve(ROUTES.getLiveManifest, (ctx, { params, query }) =>
  askLiveManifest(ctx, { id: params.id, key: query.key }),
);
