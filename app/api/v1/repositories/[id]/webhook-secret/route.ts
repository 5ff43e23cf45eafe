import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { createWebhookSecret } from '#lib/services/repositories/webhook-secret.ts';

export const POST = serve(ROUTES.createWebhookSecret, (ctx, { params }) => createWebhookSecret(ctx, params));
