import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { tryHealthRule } from '#lib/services/health-rules/try.ts';

export const POST = serve(ROUTES.tryHealthRule, (ctx, { body }) => tryHealthRule(ctx, body));
