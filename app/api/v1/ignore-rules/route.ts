import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { getSystemRules, updateSystemRules } from '#lib/services/comparing/system-rules.ts';

export const GET = serve(ROUTES.getSystemIgnoreRules, (ctx) => getSystemRules(ctx));

export const PUT = serve(ROUTES.updateSystemIgnoreRules, (ctx, { body }) => updateSystemRules(ctx, body));
