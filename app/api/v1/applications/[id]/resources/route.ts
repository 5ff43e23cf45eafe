import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { listResources } from '#lib/services/applications/resources.ts';

export const GET = serve(ROUTES.listResources, async (ctx, { params }) => ({
  items: await listResources(ctx, params),
}));
