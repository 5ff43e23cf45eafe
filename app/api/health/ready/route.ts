import { readReadiness } from '#lib/services/health/ready.ts';
import { webContext } from '#lib/wiring.ts';

/** 200 when everything is up, else 503 with what is not. */
export async function GET(): Promise<Response> {
  const readiness = await readReadiness(webContext);
  return Response.json(readiness, {
    status: readiness.ready ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
}
