import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { updatePerson } from '#lib/services/people/update.ts';

export const PATCH = serve(ROUTES.updatePerson, (ctx, { params, body }) =>
  updatePerson(ctx, { id: params.id, change: body }),
);
