import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { createRepository } from '#lib/services/repositories/create.ts';
import { listRepositories } from '#lib/services/repositories/list.ts';

export const GET = serve(ROUTES.listRepositories, async (ctx) => ({ items: await listRepositories(ctx) }));

export const POST = serve(ROUTES.createRepository, (ctx, { body }) => createRepository(ctx, body));
