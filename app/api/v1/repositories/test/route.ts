import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { testNewRepository } from '#lib/services/repositories/test.ts';

export const POST = serve(ROUTES.testNewRepository, (ctx, { body }) => testNewRepository(ctx, body));
