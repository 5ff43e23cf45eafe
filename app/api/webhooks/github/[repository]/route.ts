import { webhookRoute } from '#lib/http/webhook.ts';

export const POST = webhookRoute('github');
