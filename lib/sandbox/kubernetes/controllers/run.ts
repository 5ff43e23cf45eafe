import type { Cluster } from '../cluster.ts';
import { collectGarbage } from './garbage.ts';
import { finishNamespaces } from './namespaces.ts';

/** A controller looks at one stored resource after it or something of it changed. */
export type Reconcile = (cluster: Cluster) => number | undefined;

const RECONCILERS: Reconcile[] = [finishNamespaces, collectGarbage];

/** Runs the controllers of a cluster whenever something changed. */
export function runControllers(cluster: Cluster): { stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const run = (): void => {
    timer = undefined;
    if (stopped) return;
    for (const reconcile of RECONCILERS) reconcile(cluster);
  };
  const stopListening = cluster.store.listen(undefined, () => {
    timer ??= setTimeout(run, 5);
  });
  timer = setTimeout(run, 5);
  return {
    stop: () => {
      stopped = true;
      stopListening();
      clearTimeout(timer);
    },
  };
}
