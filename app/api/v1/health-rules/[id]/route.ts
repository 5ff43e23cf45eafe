import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { deleteHealthRule, updateHealthRule } from '#lib/services/health-rules/manage.ts';

export const PUT = serve(ROUTES.updateHealthRule, (ctx, { params, body }) =>
  updateHealthRule(ctx, { id: params.id, rule: body }),
);

export const DELETE = serve(ROUTES.deleteHealthRule, (ctx, { params }) => deleteHealthRule(ctx, params));
