import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { createProject, listProjects } from '#lib/services/projects/manage.ts';

export const GET = serve(ROUTES.listProjects, async (ctx) => ({ items: await listProjects(ctx) }));

export const POST = serve(ROUTES.createProject, (ctx, { body }) => createProject(ctx, body));
