import { createServer } from 'node:http';
import next from 'next';
import { env } from '#lib/config/env.ts';
import { onShutdown, reportReady } from '#lib/observability/lifecycle.ts';

/** The web process: Next's own request handler behind a plain HTTP server. */
const { HOST, PORT, NODE_ENV } = env();
const app = next({ dev: NODE_ENV === 'development', dir: process.cwd(), hostname: HOST, port: PORT });
await app.prepare();
const handle = app.getRequestHandler();
const server = createServer((request, response) => {
  void handle(request, response);
});
server.keepAliveTimeout = 65_000;
server.requestTimeout = 120_000;
await new Promise<void>((resolve, reject) => {
  server.once('error', reject);
  server.listen(PORT, HOST, resolve);
});
const address = server.address();
reportReady({ port: address !== null && typeof address === 'object' ? address.port : PORT });

onShutdown(async () => {
  server.close();
  server.closeAllConnections();
  await app.close();
}, 5_000);
