import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { getState } from '#lib/services/applications/state.ts';

export const GET = serve(ROUTES.getState, (ctx, { params, query }) => getState(ctx, { ...params, ...query }));
