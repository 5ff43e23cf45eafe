import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { getPlan } from '#lib/services/plans/get.ts';

export const GET = serve(ROUTES.getPlan, (ctx, { params }) => getPlan(ctx, params));
