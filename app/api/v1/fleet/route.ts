import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { getFleet } from '#lib/services/fleet/get.ts';

export const GET = serve(ROUTES.getFleet, (ctx) => getFleet(ctx));
