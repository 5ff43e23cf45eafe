import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { deleteProject, getProject, updateProject } from '#lib/services/projects/manage.ts';

export const GET = serve(ROUTES.getProject, (ctx, { params }) => getProject(ctx, params));

export const PATCH = serve(ROUTES.updateProject, (ctx, { params, body }) =>
  updateProject(ctx, { id: params.id, change: body }),
);

export const DELETE = serve(ROUTES.deleteProject, (ctx, { params }) => deleteProject(ctx, params));
