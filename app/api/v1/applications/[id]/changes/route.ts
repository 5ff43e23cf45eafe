import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { getChanges } from '#lib/services/applications/changes.ts';

export const GET = serve(ROUTES.getChanges, (ctx, { params }) => getChanges(ctx, params));
