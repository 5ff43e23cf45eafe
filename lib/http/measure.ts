import { metrics } from '#lib/observability/metrics.ts';

type Answering<Context> = (request: Request, context: Context) => Promise<Response>;

/** Counts and times the answers of a route by its pattern, never by the address that was asked for. */
export function measured<Context>(
  { method, path }: { method: string; path: string },
  handler: Answering<Context>,
): Answering<Context> {
  return async (request, context) => {
    const begun = performance.now();
    const response = await handler(request, context);
    const labels = { route: path, method, status: String(response.status) };
    metrics().httpRequests.observe(labels, (performance.now() - begun) / 1_000);
    return response;
  };
}
