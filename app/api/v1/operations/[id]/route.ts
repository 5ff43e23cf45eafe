import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { getOperation } from '#lib/services/operations/get.ts';

export const GET = serve(ROUTES.getOperation, (ctx, { params }) => getOperation(ctx, params));
