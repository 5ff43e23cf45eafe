import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { testRepository } from '#lib/services/repositories/test.ts';

export const POST = serve(ROUTES.testRepository, (ctx, { params }) => testRepository(ctx, params));
