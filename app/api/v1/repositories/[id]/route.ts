import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { getRepository } from '#lib/services/repositories/list.ts';
import { deleteRepository, updateRepository } from '#lib/services/repositories/update.ts';

export const GET = serve(ROUTES.getRepository, (ctx, { params }) => getRepository(ctx, params));

export const PATCH = serve(ROUTES.updateRepository, (ctx, { params, body }) =>
  updateRepository(ctx, { id: params.id, change: body }),
);

export const DELETE = serve(ROUTES.deleteRepository, (ctx, { params }) => deleteRepository(ctx, params));
