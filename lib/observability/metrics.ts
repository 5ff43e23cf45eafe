import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds, from a cached answer to an operation that waits for health. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/**
 * What an operator watches. Every label has few values that the code names (kinds, verbs, outcomes, route patterns) or,
 * for `cluster`, the names of registered clusters: never an object, a path with an id, a message.
 */
function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const seconds = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Histogram({ name: `quarterdeck_${name}_duration_seconds`, help, labelNames, buckets: BUCKETS, registers });
  const count = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name: `quarterdeck_${name}_total`, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name: `quarterdeck_${name}`, help, labelNames, registers });
  return {
    registry,
    jobs: seconds('job', 'Jobs by kind and how they ended.', ['kind', 'outcome']),
    queue: gauge('queue_jobs', 'Jobs that wait, by kind; due now, or later.', ['kind', 'state']),
    comparisons: seconds('comparison', 'Comparisons of one application with its cluster.', ['outcome']),
    renders: seconds('render', 'Renders by tool.', ['tool', 'outcome']),
    gitCommands: seconds('git_command', 'Git commands: fetch, push, ls-remote and local ones.', ['command', 'outcome']),
    clusterRequests: seconds(
      'cluster_request',
      'Requests to clusters, up to the end of the answer; of a watch, to its beginning.',
      ['verb', 'outcome'],
    ),
    watches: gauge('watches_open', 'Watches of one kind each that are open.', ['cluster']),
    watchRestarts: count('watch_restarts', 'Watches that ended and began again.', ['cluster', 'reason']),
    leases: gauge('leases_held', 'Clusters that this worker watches.'),
    operations: seconds('operation', 'Operations from the request to their end.', ['kind', 'outcome']),
    driftOpened: count('drift_opened', 'Drift records opened.'),
    driftClosed: count('drift_closed', 'Drift records closed.'),
    streamClients: gauge('stream_clients', 'Screens that follow the stream.'),
    httpRequests: seconds('http_request', 'Requests to the API by route as declared.', ['route', 'method', 'status']),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;

declare global {
  // Every bundle of the web process has a copy of this module; they share one registry.
  var quarterdeckMetrics: Metrics | undefined;
}

/** The registry of this process and everything in it. */
export function metrics(): Metrics {
  globalThis.quarterdeckMetrics ??= createMetrics();
  return globalThis.quarterdeckMetrics;
}

/** Times a piece of work; `labelsOf` is told the error when it failed, and undefined else. */
export async function timed<Result, Label extends string>(
  work: () => Promise<Result>,
  ...[histogram, labelsOf]: [
    histogram: Histogram<Label>,
    labelsOf: (error: unknown, result?: Result) => Record<Label, string>,
  ]
): Promise<Result> {
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1_000;
  try {
    const result = await work();
    histogram.observe(labelsOf(undefined, result), seconds());
    return result;
  } catch (error) {
    histogram.observe(labelsOf(error), seconds());
    throw error;
  }
}

/** Of an error of a port, its reason, which is one of a closed set; else `failed`; `ok` of none. */
export function outcomeOf(error: unknown): string {
  if (error === undefined) return 'ok';
  const reason = typeof error === 'object' && error !== null && 'reason' in error ? error.reason : undefined;
  return typeof reason === 'string' && /^[a-z-]{1,30}$/.test(reason) ? reason : 'failed';
}
