import { env } from '#lib/config/env.ts';
import { metrics } from '#lib/observability/metrics.ts';
import { isBearer } from '#lib/observability/metrics-door.ts';
import { ServiceError } from '#lib/services/errors.ts';
import { readQueueDepths } from '#lib/services/health/queue-depths.ts';
import { webContext } from '#lib/wiring.ts';
import { problemResponse } from './problem.ts';
import { requestIdOf } from './request.ts';
import { unknownRoute } from './unknown-route.ts';

/** The route; see {@link metricsFor}. */
export function answerMetrics(request: Request): Promise<Response> {
  return metricsFor(request, env().QUARTERDECK_METRICS_TOKEN);
}

/**
 * Metrics of the web process, and of the queue, which is everybody's. No such path unless a token is configured (behind a
 * proxy an address proves nothing), 401 for another token. A database that is away leaves only the queue out.
 */
export async function metricsFor(request: Request, token: string | undefined): Promise<Response> {
  if (token === undefined) return unknownRoute(request);
  const requestId = requestIdOf(request);
  if (!isBearer(request.headers.get('authorization'), token)) {
    const refused = problemResponse(new ServiceError('unauthenticated', 'Send the token of the metrics.'), requestId);
    refused.headers.set('www-authenticate', 'Bearer');
    return refused;
  }
  const { registry, queue } = metrics();
  queue.reset();
  const depths = await webContext().then(readQueueDepths, () => []);
  for (const { kind, due, later } of depths) {
    queue.set({ kind, state: 'due' }, due);
    queue.set({ kind, state: 'later' }, later);
  }
  return new Response(await registry.metrics(), {
    headers: { 'cache-control': 'no-store', 'content-type': registry.contentType, 'x-request-id': requestId },
  });
}
