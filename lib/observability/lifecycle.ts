/** Tells the launcher, when there is one, that this process serves. Facts are plain JSON. */
export function reportReady(facts: Record<string, unknown>): void {
  process.send?.({ ready: true, ...facts });
}

/**
 * Calls `stop` once, on SIGTERM, SIGINT or when the launcher is gone (its IPC channel closes), then ends the process.
 * A stop that takes longer than `limitMs` is cut short.
 */
export function onShutdown(stop: (reason: string) => Promise<void>, limitMs = 12_000): void {
  let stopping = false;
  const begin = (reason: string) => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), limitMs).unref();
    stop(reason).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', () => begin('SIGTERM'));
  process.on('SIGINT', () => begin('SIGINT'));
  if (process.send) process.on('disconnect', () => begin('the launcher is gone'));
}
