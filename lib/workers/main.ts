import type { Logger } from 'pino';
import { env } from '#lib/config/env.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import { onShutdown, reportReady } from '#lib/observability/lifecycle.ts';
import { logger } from '#lib/observability/logger.ts';
import { type MetricsServer, serveMetrics } from '#lib/observability/metrics-door.ts';
import { openWorker } from '#lib/wiring.ts';
import { startWorker } from './worker.ts';

/** The worker process: `node lib/workers/main.ts`. Ends with 1 and one line when it cannot start. */
async function main(): Promise<void> {
  process.title = 'quarterdeck-worker';
  const log = logger('worker');
  const opened = await openWorker(env());
  const worker = await startWorker(opened, log);
  const metrics = await openMetrics(log);
  onShutdown(async (reason) => {
    log.info({ reason }, 'stopping');
    await worker.stop();
    await metrics?.close();
    await opened.house.database.close();
    log.info('stopped');
  });
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'an error nobody caught'));
  reportReady({ process: 'worker' });
  log.info('ready');
}

/** Where this worker's metrics can be scraped; undefined when they are off. */
async function openMetrics(log: Pick<Logger, 'info'>): Promise<MetricsServer | undefined> {
  const { HOST, QUARTERDECK_METRICS_PORT, QUARTERDECK_METRICS_TOKEN } = env();
  if (QUARTERDECK_METRICS_PORT === 'off') return undefined;
  const server = await serveMetrics({ host: HOST, port: QUARTERDECK_METRICS_PORT, token: QUARTERDECK_METRICS_TOKEN });
  log.info({ host: HOST, port: server.port }, 'serves its metrics');
  return server;
}

main().catch((error: unknown) => {
  const words = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The worker cannot start: ${maskText(words)}\n`);
  process.exit(1);
});
