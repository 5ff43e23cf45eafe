import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { listDrift } from '#lib/services/drift/list.ts';

export const GET = serve(ROUTES.listDrift, (ctx, { query }) => listDrift(ctx, query));
