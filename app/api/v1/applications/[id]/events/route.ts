import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { askEvents } from '#lib/services/applications/ask-cluster.ts';

export const GET = serve(ROUTES.getEvents, (ctx, { params }) => askEvents(ctx, params));
