import { openApiDocument } from '#lib/contracts/openapi.ts';
import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';

export const GET = serve(ROUTES.getOpenApi, async () => openApiDocument());
