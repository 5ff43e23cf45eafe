import { env } from '#lib/config/env.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import { onShutdown, reportReady } from '#lib/observability/lifecycle.ts';
import { logger } from '#lib/observability/logger.ts';
import { openWorker } from '#lib/wiring.ts';
import { startWorker } from './worker.ts';

/** The worker process: `node lib/workers/main.ts`. Ends with 1 and one line when it cannot start. */
async function main(): Promise<void> {
  process.title = 'quarterdeck-worker';
  const log = logger('worker');
  const opened = await openWorker(env());
  const worker = await startWorker(opened, log);
  onShutdown(async (reason) => {
    log.info({ reason }, 'stopping');
    await worker.stop();
    await opened.house.database.close();
    log.info('stopped');
  });
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'an error nobody caught'));
  reportReady({ process: 'worker' });
  log.info('ready');
}

main().catch((error: unknown) => {
  const words = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The worker cannot start: ${maskText(words)}\n`);
  process.exit(1);
});
