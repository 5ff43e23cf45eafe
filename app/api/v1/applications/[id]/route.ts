import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { deleteApplication } from '#lib/services/applications/delete.ts';
import { getApplication } from '#lib/services/applications/get.ts';
import { updateApplication } from '#lib/services/applications/update.ts';

export const GET = serve(ROUTES.getApplication, (ctx, { params }) => getApplication(ctx, params));

export const PATCH = serve(ROUTES.updateApplication, async (ctx, { params, body }) => {
  await updateApplication(ctx, { id: params.id, change: body });
  return getApplication(ctx, params);
});

export const DELETE = serve(ROUTES.deleteApplication, (ctx, { params }) => deleteApplication(ctx, params));
