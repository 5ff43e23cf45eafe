import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { metrics } from './metrics.ts';

/** Whether an Authorization header carries this bearer token; takes as long for a wrong one as for the right one. */
export function isBearer(authorization: string | null | undefined, token: string): boolean {
  const given = /^bearer (.*)$/i.exec(authorization ?? '')?.[1] ?? '';
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

export interface MetricsServer {
  port: number;
  close(): Promise<void>;
}

/**
 * Serves `GET /metrics` of this process in Prometheus' text format. With a token only to who sends it; without one to
 * whoever reaches `host`, which the environment then bounds to loopback. Port 0 takes a free one.
 */
export async function serveMetrics(options: {
  host: string;
  port: number;
  token: string | undefined;
}): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
    if (options.token !== undefined && !isBearer(request.headers.authorization, options.token)) {
      return void response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
    }
    const { registry } = metrics();
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  // A scrape must not keep a process alive that is done.
  server.unref();
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
