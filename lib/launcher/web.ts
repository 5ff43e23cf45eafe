import { createServer } from 'node:http';
import next from 'next';
import { env } from '#lib/config/env.ts';
import { dropForgedAddress } from '#lib/http/peer.ts';
import { onShutdown, reportReady } from '#lib/observability/lifecycle.ts';

/** The web process: Next's own request handler behind a plain HTTP server. Ends with 1 and one line when it cannot start. */
async function main(): Promise<void> {
  const { HOST, PORT, NODE_ENV } = env();
  const app = next({ dev: NODE_ENV === 'development', dir: process.cwd(), hostname: HOST, port: PORT });
  await app.prepare();
  const handle = app.getRequestHandler();
  const server = createServer((request, response) => {
    dropForgedAddress(request);
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
}

main().catch((error: unknown) => {
  process.stderr.write(`The web process cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
