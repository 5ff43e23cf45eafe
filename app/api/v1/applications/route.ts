import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { createApplication } from '#lib/services/applications/create.ts';
import { readApplicationDocument } from '#lib/services/applications/document.ts';
import { getApplication } from '#lib/services/applications/get.ts';
import { listApplications } from '#lib/services/applications/list.ts';

export const GET = serve(ROUTES.listApplications, (ctx, { query }) => listApplications(ctx, query));

export const POST = serve(ROUTES.createApplication, async (ctx, { body }) => {
  const input = 'text' in body ? await readApplicationDocument(ctx, body.text) : body.json;
  return getApplication(ctx, await createApplication(ctx, input));
});
