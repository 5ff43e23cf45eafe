import { listAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import type { Cluster } from '../cluster.ts';
import { isDeleting, nameOf, namespaceOf } from '../objects.ts';
import type { StoreEvent } from '../store.ts';
import { reconcileClaim, reconcileNamespace, reconcileService } from './ambient.ts';
import { reconcileDeployment } from './deployments.ts';
import { collectGarbage } from './garbage.ts';
import { finishNamespaces } from './namespaces.ts';
import { reconcileDaemonSet, reconcileJob, reconcileStatefulSet } from './ordered.ts';
import { reconcilePod } from './pods.ts';
import { reconcileReplicaSet } from './replica-sets.ts';
import { controllerOf } from './shared.ts';

/** Brings one object on; answers in how many milliseconds to look again. */
type Reconcile = (cluster: Cluster, object: JsonObject) => number | undefined;

const RECONCILERS: Record<string, Reconcile> = {
  '/namespaces': reconcileNamespace,
  '/services': reconcileService,
  '/persistentvolumeclaims': reconcileClaim,
  'apps/deployments': reconcileDeployment,
  'apps/replicasets': reconcileReplicaSet,
  'apps/statefulsets': reconcileStatefulSet,
  'apps/daemonsets': reconcileDaemonSet,
  'batch/jobs': reconcileJob,
  '/pods': reconcilePod,
};

const OWNERS: Record<string, string> = {
  Deployment: 'apps/deployments',
  ReplicaSet: 'apps/replicasets',
  StatefulSet: 'apps/statefulsets',
  DaemonSet: 'apps/daemonsets',
  Job: 'batch/jobs',
};

const BATCH_MS = 5;
const keyOf = (storage: string, namespace: string, name: string): string => JSON.stringify([storage, namespace, name]);

/** The controllers of one cluster: a queue of objects to look at, filled by changes and by time. */
class Controllers {
  readonly #cluster: Cluster;
  readonly #queue = new Map<string, [storage: string, namespace: string, name: string]>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #running: NodeJS.Timeout | undefined;
  #sweep = true;
  #stopped = false;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  #enqueue(storage: string, namespace: string, name: string): void {
    if (this.#stopped || !RECONCILERS[storage]) return;
    this.#queue.set(keyOf(storage, namespace, name), [storage, namespace, name]);
    this.#wake();
  }

  #wake(): void {
    if (!this.#stopped) this.#running ??= setTimeout(() => this.#run(), BATCH_MS);
  }

  /** Queues what a change concerns: the object, its controller, and the sweeps after deletions. */
  notice(event: StoreEvent): void {
    const { storage, object } = event;
    const namespace = namespaceOf(object);
    if (storage === '/namespaces' && event.type === 'ADDED') {
      queueMicrotask(() => reconcileNamespace(this.#cluster, object));
      return;
    }
    if (event.type !== 'DELETED') this.#enqueue(storage, namespace, nameOf(object));
    const owner = controllerOf(object);
    const home = owner ? OWNERS[owner.kind] : undefined;
    if (owner && home !== undefined) this.#enqueue(home, namespace, owner.name);
    const owned =
      event.type === 'ADDED' && listAt(object, 'metadata', 'ownerReferences').length > 0 && home === undefined;
    if (event.type === 'DELETED' || isDeleting(object) || owned) {
      this.#sweep = true;
      this.#wake();
    }
  }

  /** Looks at everything once, as after a start. */
  begin(): void {
    for (const storage of Object.keys(RECONCILERS)) {
      for (const object of this.#cluster.store.list(storage))
        this.#enqueue(storage, namespaceOf(object), nameOf(object));
    }
    this.#wake();
  }

  #run(): void {
    this.#running = undefined;
    if (this.#stopped) return;
    const batch = [...this.#queue.values()];
    this.#queue.clear();
    for (const [storage, namespace, name] of batch) {
      const object = this.#cluster.store.get(storage, namespace, name);
      const again = object && RECONCILERS[storage]?.(this.#cluster, object);
      if (again !== undefined) this.#later(again, () => this.#enqueue(storage, namespace, name));
    }
    if (!this.#sweep) return;
    this.#sweep = false;
    finishNamespaces(this.#cluster);
    collectGarbage(this.#cluster);
  }

  #later(millis: number, callback: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      callback();
    }, millis);
    this.#timers.add(timer);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#running);
    for (const timer of this.#timers) clearTimeout(timer);
  }
}

/** Runs the controllers of a cluster until stopped; `lookAgain` when something beside the objects changed. */
export function runControllers(cluster: Cluster): { stop: () => void; lookAgain: () => void } {
  const controllers = new Controllers(cluster);
  const stopListening = cluster.store.listen(undefined, (event) => controllers.notice(event));
  controllers.begin();
  return {
    lookAgain: () => controllers.begin(),
    stop: () => {
      stopListening();
      controllers.stop();
    },
  };
}
