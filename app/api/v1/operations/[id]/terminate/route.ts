import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { terminateOperation } from '#lib/services/operations/terminate.ts';

export const POST = serve(ROUTES.terminateOperation, (ctx, { params }) => terminateOperation(ctx, params));
