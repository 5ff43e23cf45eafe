import { webhookReceipt } from '#lib/contracts/repositories.ts';
import { WEBHOOK_BODY_LIMIT } from '#lib/contracts/webhooks.ts';
import type { Actor } from '#lib/services/context.ts';
import { ServiceError } from '#lib/services/errors.ts';
import { type Delivery, receiveWebhook, recordRefusedDelivery } from '#lib/services/webhooks/receive.ts';
import { actAs, type WebContext, webContext } from '#lib/wiring.ts';
import { fail, type RouteHandler } from './handler.ts';
import { Limiter } from './limiter.ts';
import { measured } from './measure.ts';
import { readBody, requestIdOf } from './request.ts';

/** Refused deliveries that are written down, per repository. */
const refusals = new Limiter({ limit: 10, windowMs: 60_000 });

/** The route of one provider; see contracts/webhooks.ts for what it wants. */
export function webhookRoute(provider: Delivery['provider']): RouteHandler {
  const route = { method: 'POST', path: `/api/webhooks/${provider}/{repository}` };
  return measured(route, async (request, { params }) => {
    const requestId = requestIdOf(request);
    try {
      const { repository } = await params;
      const actor: Actor = { kind: 'webhook', id: String(repository), name: `${provider} webhook`, role: 'operator' };
      const ctx = actAs(await webContext(), actor, requestId);
      const delivery = deliveryOf(provider, String(repository), request.headers);
      const body = await readBody(request, WEBHOOK_BODY_LIMIT);
      return await receive(ctx, { ...delivery, body });
    } catch (error) {
      return fail(error, { requestId, request });
    }
  });
}

function deliveryOf(provider: Delivery['provider'], repositoryId: string, headers: Headers): Omit<Delivery, 'body'> {
  const read = (name: string) => headers.get(name) ?? '';
  if (provider === 'github') {
    return {
      provider,
      repositoryId,
      deliveryId: read('x-github-delivery'),
      event: read('x-github-event'),
      signature: read('x-hub-signature-256'),
      timestamp: '',
    };
  }
  return {
    provider,
    repositoryId,
    deliveryId: read('x-quarterdeck-delivery'),
    event: 'push',
    signature: read('x-quarterdeck-signature'),
    timestamp: read('x-quarterdeck-timestamp'),
  };
}

async function receive(ctx: WebContext, delivery: Delivery): Promise<Response> {
  try {
    const receipt = webhookReceipt.parse(await receiveWebhook(ctx, delivery));
    const headers = { 'cache-control': 'no-store', 'x-request-id': ctx.requestId };
    return Response.json(receipt, { status: 202, headers });
  } catch (error) {
    const refused = error instanceof ServiceError && error.code === 'unauthenticated';
    if (refused && refusals.take(delivery.repositoryId, ctx.clock.now().getTime())) {
      await recordRefusedDelivery(ctx, delivery, 'wrong signature or no secret');
    }
    throw error;
  }
}
