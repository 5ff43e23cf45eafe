import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { refreshApplication } from '#lib/services/applications/refresh.ts';

export const POST = serve(ROUTES.refreshApplication, (ctx, { params }) => refreshApplication(ctx, params));
