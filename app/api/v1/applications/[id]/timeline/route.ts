import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { listTimeline } from '#lib/services/applications/timeline.ts';

export const GET = serve(ROUTES.listTimeline, (ctx, { params, query }) => listTimeline(ctx, { ...params, ...query }));
