import { deepEqual, numberAt, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import type { Cluster } from '../cluster.ts';
import { members } from '../defaults/set.ts';
import { isDeleting, labelsOf, nameOf, namespaceOf, rfc3339, shortHash } from '../objects.ts';
import {
  NODE,
  counts,
  create,
  isReady,
  ownedBy,
  podFrom,
  recordEvent,
  remove,
  setStatus,
  withCondition,
} from './shared.ts';

const HASH = 'controller-revision-hash';
const STATEFUL = { apiVersion: 'apps/v1', kind: 'StatefulSet' };
const DAEMON = { apiVersion: 'apps/v1', kind: 'DaemonSet' };
const JOB = { apiVersion: 'batch/v1', kind: 'Job' };

const hashOf = (object: JsonObject): string => shortHash(JSON.stringify(objectAt(object, 'spec', 'template')));
const isCurrent = (pod: JsonObject, revision: string): boolean => labelsOf(pod)[HASH] === revision;

function claims(cluster: Cluster, set: JsonObject, ordinal: number): void {
  for (const template of members(objectAt(set, 'spec'), 'volumeClaimTemplates')) {
    const name = `${nameOf(template)}-${nameOf(set)}-${ordinal}`;
    if (cluster.store.get('/persistentvolumeclaims', namespaceOf(set), name)) continue;
    create(cluster, '/persistentvolumeclaims', {
      metadata: { name, namespace: namespaceOf(set), labels: objectAt(set, 'spec', 'selector', 'matchLabels') },
      spec: objectAt(template, 'spec'),
    });
  }
}

/** Pods one after the other, replaced from the last when the template changes. */
export function reconcileStatefulSet(cluster: Cluster, set: JsonObject): undefined {
  if (isDeleting(set)) return undefined;
  const wanted = numberAt(set, ['spec', 'replicas'], 1);
  const revision = `${nameOf(set)}-${hashOf(set)}`;
  const parallel = textAt(set, 'spec', 'podManagementPolicy') === 'Parallel';
  const all = ownedBy(cluster, '/pods', set);
  const byName = new Map(all.map((pod) => [nameOf(pod), pod]));
  for (let ordinal = 0; ordinal < wanted; ordinal += 1) {
    const name = `${nameOf(set)}-${ordinal}`;
    const pod = byName.get(name);
    if (!pod) {
      claims(cluster, set, ordinal);
      const labels = {
        'statefulset.kubernetes.io/pod-name': name,
        'apps.kubernetes.io/pod-index': String(ordinal),
        [HASH]: revision,
      };
      create(cluster, '/pods', podFrom(objectAt(set, 'spec', 'template'), set, { identity: STATEFUL, name, labels }));
      recordEvent(cluster, set, {
        type: 'Normal',
        reason: 'SuccessfulCreate',
        message: `create Pod ${name} in StatefulSet ${nameOf(set)} successful`,
        component: 'statefulset-controller',
      });
    }
    if (!parallel && !(pod && isReady(pod))) break;
  }
  const ordinalOf = (pod: JsonObject): number => Number(nameOf(pod).slice(nameOf(set).length + 1));
  for (const pod of all) if (ordinalOf(pod) >= wanted) remove(cluster, '/pods', pod);
  const stale = all
    .filter((pod) => !isCurrent(pod, revision) && ordinalOf(pod) < wanted)
    .toSorted((a, b) => ordinalOf(b) - ordinalOf(a));
  const busy = all.some((pod) => isDeleting(pod)) || all.some((pod) => isCurrent(pod, revision) && !isReady(pod));
  const [next] = stale;
  if (next && !busy && textAt(set, 'spec', 'updateStrategy', 'type') !== 'OnDelete') remove(cluster, '/pods', next);
  const pods = ownedBy(cluster, '/pods', set).filter((pod) => !isDeleting(pod));
  const ready = pods.filter((pod) => isReady(pod)).length;
  const updated = pods.filter((pod) => isCurrent(pod, revision)).length;
  const done = updated === wanted && ready === wanted;
  const previous = textAt(set, 'status', 'currentRevision') || revision;
  setStatus(cluster, 'apps/statefulsets', {
    object: set,
    status: {
      observedGeneration: numberAt(set, ['metadata', 'generation'], 1),
      replicas: pods.length,
      ...counts({
        readyReplicas: ready,
        currentReplicas: done ? updated : pods.filter((pod) => isCurrent(pod, previous)).length,
        updatedReplicas: updated,
      }),
      availableReplicas: ready,
      currentRevision: done ? revision : previous,
      updateRevision: revision,
      collisionCount: 0,
    },
  });
  return undefined;
}

/** One pod on every node. */
export function reconcileDaemonSet(cluster: Cluster, set: JsonObject): undefined {
  if (isDeleting(set)) return undefined;
  const revision = hashOf(set);
  const nodes = cluster.store.list('/nodes').map((node) => nameOf(node));
  const all = ownedBy(cluster, '/pods', set);
  for (const node of nodes.length > 0 ? nodes : [NODE]) {
    const pod = all.find((one) => textAt(one, 'spec', 'nodeName') === node);
    if (pod && !isDeleting(pod) && !isCurrent(pod, revision)) remove(cluster, '/pods', pod);
    if (pod) continue;
    const body = podFrom(objectAt(set, 'spec', 'template'), set, {
      identity: DAEMON,
      labels: { [HASH]: revision, 'pod-template-generation': String(numberAt(set, ['metadata', 'generation'], 1)) },
    });
    create(cluster, '/pods', { ...body, spec: { ...objectAt(body, 'spec'), nodeName: node } });
  }
  const pods = ownedBy(cluster, '/pods', set).filter((pod) => !isDeleting(pod));
  const ready = pods.filter((pod) => isReady(pod)).length;
  const desired = Math.max(1, nodes.length);
  setStatus(cluster, 'apps/daemonsets', {
    object: set,
    status: {
      currentNumberScheduled: pods.length,
      numberMisscheduled: 0,
      desiredNumberScheduled: desired,
      numberReady: ready,
      observedGeneration: numberAt(set, ['metadata', 'generation'], 1),
      ...counts({
        updatedNumberScheduled: pods.filter((pod) => isCurrent(pod, revision)).length,
        numberAvailable: ready,
        numberUnavailable: desired - ready,
      }),
    },
  });
  return undefined;
}

function endOf(
  cluster: Cluster,
  job: JsonObject,
  facts: { succeeded: number; failed: number; isLate: boolean },
): JsonObject | undefined {
  const wanted = numberAt(job, ['spec', 'completions'], 1);
  const now = rfc3339(cluster.now());
  const base = {
    startTime: textAt(job, 'status', 'startTime') || now,
    ready: 0,
    terminating: 0,
    uncountedTerminatedPods: {},
  };
  const condition = (type: string, reason: string, message: string): JsonObject => ({
    type,
    status: 'True',
    lastProbeTime: now,
    lastTransitionTime: now,
    reason,
    message,
  });
  if (facts.succeeded >= wanted) {
    const message = 'Reached expected number of succeeded pods';
    return {
      ...base,
      succeeded: facts.succeeded,
      ...counts({ failed: facts.failed }),
      completionTime: now,
      conditions: [
        condition('SuccessCriteriaMet', 'CompletionsReached', message),
        condition('Complete', 'CompletionsReached', message),
      ],
    };
  }
  const isSpent = facts.failed > numberAt(job, ['spec', 'backoffLimit'], 6);
  if (!isSpent && !facts.isLate) return undefined;
  const [reason, message] = isSpent
    ? ['BackoffLimitExceeded', 'Job has reached the specified backoff limit']
    : ['DeadlineExceeded', 'Job was active longer than specified deadline'];
  return {
    ...base,
    failed: facts.failed,
    conditions: [condition('FailureTarget', reason, message), condition('Failed', reason, message)],
  };
}

function suspension(cluster: Cluster, known: JsonObject[], suspended: boolean): JsonValue[] {
  if (suspended) {
    return withCondition(cluster, known, {
      type: 'Suspended',
      status: 'True',
      reason: 'JobSuspended',
      message: 'Job suspended',
    });
  }
  if (!known.some((one) => one['type'] === 'Suspended')) return known;
  return withCondition(cluster, known, {
    type: 'Suspended',
    status: 'False',
    reason: 'JobResumed',
    message: 'Job resumed',
  });
}

/**
 * Runs the pods of a Job until enough have succeeded, too many failed or its time is over, and removes it when its time to
 * live after that is over. Answers milliseconds until it is due again.
 */
export function reconcileJob(cluster: Cluster, job: JsonObject): number | undefined {
  const finished = members(objectAt(job, 'status'), 'conditions').find(
    (one) => (one['type'] === 'Complete' || one['type'] === 'Failed') && one['status'] === 'True',
  );
  if (isDeleting(job)) return undefined;
  if (finished) return expire(cluster, job, textAt(finished, 'lastTransitionTime'));
  const pods = ownedBy(cluster, '/pods', job);
  const inPhase = (phase: string): number => pods.filter((pod) => textAt(pod, 'status', 'phase') === phase).length;
  const suspended = objectAt(job, 'spec')['suspend'] === true;
  const succeeded = inPhase('Succeeded');
  const failed = inPhase('Failed');
  const active = pods.filter(
    (pod) => !isDeleting(pod) && !['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase')),
  );
  const left = suspended ? undefined : timeLeft(cluster, job);
  const end = endOf(cluster, job, { succeeded, failed, isLate: left === 0 });
  if (end) {
    for (const pod of active) remove(cluster, '/pods', pod);
    setStatus(cluster, 'batch/jobs', { object: job, status: end });
    return undefined;
  }
  const wanted = suspended
    ? 0
    : Math.min(numberAt(job, ['spec', 'parallelism'], 1), numberAt(job, ['spec', 'completions'], 1) - succeeded);
  for (const pod of suspended ? active : []) remove(cluster, '/pods', pod);
  let running = suspended ? 0 : active.length;
  for (; running < wanted; running += 1) {
    const pod = create(cluster, '/pods', podFrom(objectAt(job, 'spec', 'template'), job, { identity: JOB }));
    if (!pod) break;
    recordEvent(cluster, job, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${nameOf(pod)}`,
      component: 'job-controller',
    });
  }
  const old = objectAt(job, 'status');
  const conditions = suspension(cluster, members(old, 'conditions'), suspended);
  const status: JsonObject = {
    ...(conditions.length > 0 ? { conditions } : {}),
    ...(suspended ? {} : { startTime: textAt(old, 'startTime') || rfc3339(cluster.now()) }),
    ...counts({ active: running, succeeded, failed }),
    terminating: 0,
    uncountedTerminatedPods: {},
    ready: active.filter((pod) => isReady(pod)).length,
  };
  if (!deepEqual(old, status)) setStatus(cluster, 'batch/jobs', { object: job, status });
  return left;
}

/** Milliseconds a Job may still run; undefined where nothing limits it. */
function timeLeft(cluster: Cluster, job: JsonObject): number | undefined {
  const seconds = numberAt(job, ['spec', 'activeDeadlineSeconds'], -1);
  if (seconds < 0) return undefined;
  const began = Date.parse(textAt(job, 'status', 'startTime')) || cluster.now();
  return Math.max(0, began + seconds * 1_000 - cluster.now());
}

function expire(cluster: Cluster, job: JsonObject, endedAt: string): number | undefined {
  const seconds = numberAt(job, ['spec', 'ttlSecondsAfterFinished'], -1);
  if (seconds < 0) return undefined;
  const left = Date.parse(endedAt) + seconds * 1_000 - cluster.now();
  if (left > 0) return left;
  remove(cluster, 'batch/jobs', job);
  return undefined;
}
