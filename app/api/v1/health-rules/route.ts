import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { createHealthRule, listHealthRules } from '#lib/services/health-rules/manage.ts';

export const GET = serve(ROUTES.listHealthRules, async (ctx) => ({ items: await listHealthRules(ctx) }));

export const POST = serve(ROUTES.createHealthRule, (ctx, { body }) => createHealthRule(ctx, body));
