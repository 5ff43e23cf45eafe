import { listAt, numberAt, objectAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import type { Cluster } from '../cluster.ts';
import { isDeleting, nameOf } from '../objects.ts';
import { counts, create, isReady, ownedBy, podFrom, recordEvent, remove, setStatus } from './shared.ts';

const IDENTITY = { apiVersion: 'apps/v1', kind: 'ReplicaSet' };

/** Keeps the wanted number of pods and counts them. */
export function reconcileReplicaSet(cluster: Cluster, set: JsonObject): undefined {
  if (isDeleting(set)) return undefined;
  const wanted = numberAt(set, ['spec', 'replicas'], 1);
  const pods = ownedBy(cluster, '/pods', set).filter((pod) => !isDeleting(pod));
  for (let count = pods.length; count < wanted; count += 1) {
    const pod = create(cluster, '/pods', podFrom(objectAt(set, 'spec', 'template'), set, { identity: IDENTITY }));
    if (!pod) break;
    pods.push(pod);
    recordEvent(cluster, set, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${nameOf(pod)}`,
      component: 'replicaset-controller',
    });
  }
  const doomed = pods
    .toSorted((a, b) => Number(isReady(a)) - Number(isReady(b)))
    .slice(0, Math.max(0, pods.length - wanted));
  for (const pod of doomed) {
    remove(cluster, '/pods', pod);
    recordEvent(cluster, set, {
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${nameOf(pod)}`,
      component: 'replicaset-controller',
    });
  }
  const left = ownedBy(cluster, '/pods', set).filter((pod) => !isDeleting(pod));
  const ready = left.filter((pod) => isReady(pod)).length;
  setStatus(cluster, 'apps/replicasets', {
    object: set,
    status: {
      replicas: left.length,
      ...counts({ fullyLabeledReplicas: left.length, readyReplicas: ready, availableReplicas: ready }),
      observedGeneration: numberAt(set, ['metadata', 'generation'], 1),
      ...(listAt(set, 'status', 'conditions').length > 0 ? { conditions: listAt(set, 'status', 'conditions') } : {}),
    },
  });
  return undefined;
}
