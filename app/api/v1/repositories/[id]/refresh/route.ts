import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { refreshRepository } from '#lib/services/repositories/update.ts';

export const POST = serve(ROUTES.refreshRepository, (ctx, { params }) => refreshRepository(ctx, params));
