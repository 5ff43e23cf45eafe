import { describe, expect, it } from 'vitest';
import type { JsonObject, Manifest } from '../resource/manifest.ts';
import { assessTree } from './assess-tree.ts';

const PULL = { waiting: { reason: 'ImagePullBackOff', message: 'manifest unknown' } };
const CRASH = { waiting: { reason: 'CrashLoopBackOff' } };
const CREATING = { waiting: { reason: 'ContainerCreating' } };
const RUNNING = { running: {} };
const PULL_CAUSE = 'Image cannot be pulled: web:2 not found';

interface PodShape {
  owner: string;
  name?: string;
  state?: JsonObject;
  phase?: string;
  labels?: Record<string, string>;
  restartPolicy?: string;
  createdAt?: string;
  deleting?: boolean;
  last?: JsonObject;
}

function pod({ owner, name = 'p', state = PULL, phase = 'Pending', ...more }: PodShape): Manifest {
  const { labels, restartPolicy = 'Always', createdAt = '2026-11-24T12:00:00Z', deleting, last } = more;
  const status = { name: 'web', image: 'web:2', state, ...(last ? { lastState: last } : {}) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      uid: `pod-${name}`,
      creationTimestamp: createdAt,
      ownerReferences: [{ apiVersion: 'v1', kind: 'Any', name: 'any', uid: owner }],
      ...(labels ? { labels } : {}),
      ...(deleting ? { deletionTimestamp: createdAt } : {}),
    },
    spec: { restartPolicy },
    status: { phase, containerStatuses: phase === 'Failed' ? [] : [status] },
  };
}

function replicaSet(revision: number, { owner = 'd', available = 0 } = {}): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `web-${revision}`,
      uid: `rs-${revision}`,
      generation: 1,
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: owner }],
    },
    spec: { replicas: 1 },
    status: { observedGeneration: 1, replicas: 1, availableReplicas: available },
  };
}

/** Rolling out: one of two replicas is of the newest template. */
function deployment({ revision = 2, generation = 1, status = {}, spec = {} }: DeploymentShape = {}): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      uid: 'd',
      generation,
      ...(revision === 0 ? {} : { annotations: { 'deployment.kubernetes.io/revision': String(revision) } }),
    },
    spec: { replicas: 2, ...spec },
    status: { observedGeneration: 1, replicas: 3, updatedReplicas: 1, availableReplicas: 2, ...status },
  };
}
interface DeploymentShape {
  revision?: number;
  generation?: number;
  status?: JsonObject;
  spec?: JsonObject;
}

const seen = (manifest: Manifest, below: Manifest[]): string => {
  const { status, message, isFinal } = assessTree(manifest, below);
  return `${status}${isFinal ? ' for good' : ''}: ${message}`;
};

const OLD = replicaSet(1, { available: 1 });
const NEW = replicaSet(2);
const ROLLING = '1 of 2 replicas updated';

describe('a Deployment', () => {
  it.each<[string, Manifest, Manifest[], string]>([
    [
      'whose newest pod cannot pull',
      deployment(),
      [OLD, NEW, pod({ owner: 'rs-2' })],
      `Degraded: ${ROLLING}. ${PULL_CAUSE}`,
    ],
    [
      'whose newest pod crashes',
      deployment(),
      [NEW, pod({ owner: 'rs-2', state: CRASH, phase: 'Running', last: { terminated: { exitCode: 1 } } })],
      `Degraded: ${ROLLING}. Container web keeps crashing (exit code 1)`,
    ],
    [
      'whose newest pod crashed and runs again, not ready yet',
      deployment(),
      [NEW, pod({ owner: 'rs-2', state: RUNNING, phase: 'Running', last: { terminated: { exitCode: 1 } } })],
      `Degraded: ${ROLLING}. Container web crashed (exit code 1)`,
    ],
    ...['ErrImagePull', 'CreateContainerConfigError', 'InvalidImageName', 'RunContainerError', 'ErrImageNeverPull'].map(
      (reason): [string, Manifest, Manifest[], string] => [
        `whose newest pod says ${reason}`,
        deployment(),
        [NEW, pod({ owner: 'rs-2', state: { waiting: { reason } } })],
        expect.stringMatching(/^Degraded: /),
      ],
    ),
    [
      'whose newest pod is starting',
      deployment(),
      [NEW, pod({ owner: 'rs-2', state: CREATING })],
      `Progressing: ${ROLLING}. 0 of 1 replica available`,
    ],
    [
      'whose old pods crash while the fix starts',
      deployment(),
      [
        OLD,
        NEW,
        pod({ owner: 'rs-1', state: CRASH, phase: 'Running' }),
        pod({ owner: 'rs-2', name: 'n', state: CREATING }),
      ],
      `Progressing: ${ROLLING}. 0 of 1 replica available`,
    ],
    [
      'whose newest replica set is not in sight yet',
      deployment({ revision: 3 }),
      [OLD, NEW, pod({ owner: 'rs-2' })],
      `Progressing: ${ROLLING}`,
    ],
    [
      'whose controller has not seen the newest spec',
      deployment({ generation: 2 }),
      [NEW, pod({ owner: 'rs-2' })],
      'Progressing: Waiting for the controller to see the newest spec',
    ],
    [
      'that went back to an old template',
      deployment({ revision: 3 }),
      [
        { ...replicaSet(3), metadata: { ...replicaSet(3).metadata, name: 'web-1', uid: 'rs-1' } },
        NEW,
        pod({ owner: 'rs-2', state: CRASH, phase: 'Running' }),
        pod({ owner: 'rs-1', name: 'n', state: CREATING }),
      ],
      `Progressing: ${ROLLING}. 0 of 1 replica available`,
    ],
    [
      'without revisions',
      deployment({ revision: 0 }),
      [NEW, pod({ owner: 'rs-2' })],
      `Degraded: ${ROLLING}. ${PULL_CAUSE}`,
    ],
    [
      'whose stuck pod is going',
      deployment(),
      [NEW, pod({ owner: 'rs-2', deleting: true })],
      `Progressing: ${ROLLING}. 0 of 1 replica available`,
    ],
    [
      'whose evicted pod is replaced',
      deployment(),
      [NEW, pod({ owner: 'rs-2', phase: 'Failed' }), pod({ owner: 'rs-2', name: 'n', state: CREATING })],
      `Progressing: ${ROLLING}. Pod failed`,
    ],
    [
      'whose evicted pod does not hide the cause',
      deployment(),
      [NEW, pod({ owner: 'rs-2', name: 'a', phase: 'Failed' }), pod({ owner: 'rs-2', name: 'b' })],
      `Degraded: ${ROLLING}. ${PULL_CAUSE}`,
    ],
    [
      'of another owner',
      deployment(),
      [replicaSet(2, { owner: 'other' }), pod({ owner: 'rs-2' })],
      `Progressing: ${ROLLING}`,
    ],
    [
      'that is well, with a pod that is not',
      deployment({ status: { replicas: 2, updatedReplicas: 2, availableReplicas: 2 } }),
      [NEW, pod({ owner: 'rs-2' })],
      'Healthy: ',
    ],
    [
      'that is paused',
      deployment({ spec: { paused: true } }),
      [NEW, pod({ owner: 'rs-2' })],
      `Suspended: Rollout is paused. ${PULL_CAUSE}`,
    ],
    [
      'past its own deadline',
      deployment({
        status: { conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] },
      }),
      [NEW, pod({ owner: 'rs-2' })],
      `Degraded for good: Rollout is stuck: ${ROLLING}, 2 available. ${PULL_CAUSE}`,
    ],
    [
      'refused by a quota',
      deployment({ status: { conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'quota exceeded' }] } }),
      [],
      'Degraded: Replicas cannot be created: quota exceeded',
    ],
  ])('%s', (_name, manifest, below, expected) => expect(seen(manifest, below)).toEqual(expected));
});

const statefulSet: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db', uid: 's', generation: 1 },
  spec: { replicas: 2 },
  status: { observedGeneration: 1, readyReplicas: 1, currentRevision: 'db-a', updateRevision: 'db-b' },
};
const daemonSet = (updated: number): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'log', uid: 'ds', generation: 1 },
  status: {
    observedGeneration: 1,
    desiredNumberScheduled: 3,
    numberAvailable: 2,
    ...(updated > 0 ? { updatedNumberScheduled: updated } : {}),
  },
});
const job = (status: JsonObject = {}): Manifest => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'migrate', uid: 'j' },
  spec: { completions: 1 },
  status,
});
const hash = (text: string, generation?: string): Record<string, string> => ({
  'controller-revision-hash': text,
  ...(generation === undefined ? {} : { 'pod-template-generation': generation }),
});
const DAYS = '2026-11-20T12:00:00Z';

describe('other workloads', () => {
  it.each<[string, Manifest, Manifest[], string]>([
    [
      'a StatefulSet with a stuck pod of the update revision',
      statefulSet,
      [pod({ owner: 's', labels: hash('db-b') })],
      `Degraded: 1 of 2 replicas ready. ${PULL_CAUSE}`,
    ],
    [
      'a StatefulSet with a stuck pod of the old revision',
      statefulSet,
      [pod({ owner: 's', labels: hash('db-a') })],
      'Progressing: 1 of 2 replicas ready',
    ],
    [
      'a DaemonSet with a stuck pod of the newest template',
      daemonSet(1),
      [
        pod({ owner: 'ds', labels: hash('b', '2') }),
        pod({ owner: 'ds', name: 'o', state: RUNNING, labels: hash('a', '1') }),
      ],
      `Degraded: 1 of 3 nodes updated. ${PULL_CAUSE}`,
    ],
    [
      'a DaemonSet with a stuck pod of the old template',
      daemonSet(1),
      [
        pod({ owner: 'ds', labels: hash('a'), createdAt: DAYS }),
        pod({ owner: 'ds', name: 'n', state: CREATING, labels: hash('b') }),
      ],
      'Progressing: 1 of 3 nodes updated',
    ],
    [
      'a DaemonSet that has not made a new pod yet',
      daemonSet(0),
      [pod({ owner: 'ds', labels: hash('a') })],
      'Progressing: 0 of 3 nodes updated',
    ],
    ['a ReplicaSet', replicaSet(1), [pod({ owner: 'rs-1' })], `Degraded: 0 of 1 replica available. ${PULL_CAUSE}`],
    [
      'a Job whose pod cannot pull',
      job(),
      [pod({ owner: 'j', restartPolicy: 'Never' })],
      `Degraded: 0 of 1 completion. ${PULL_CAUSE}`,
    ],
    [
      'a Job that tries again after a failed pod',
      job(),
      [
        pod({ owner: 'j', restartPolicy: 'Never', phase: 'Failed' }),
        pod({ owner: 'j', name: 'n', restartPolicy: 'Never', state: CREATING }),
      ],
      'Progressing: 0 of 1 completion. Pod failed',
    ],
    [
      'a Job that failed',
      job({ conditions: [{ type: 'Failed', status: 'True', message: 'backoff limit' }] }),
      [],
      'Degraded for good: Job failed: backoff limit',
    ],
    ['a pod by itself', pod({ owner: 'nobody' }), [], `Degraded: ${PULL_CAUSE}`],
    ['a pod that failed', pod({ owner: 'nobody', phase: 'Failed' }), [], 'Degraded for good: Pod failed'],
    [
      'a custom resource whose pods are not well',
      {
        apiVersion: 'x.io/v1',
        kind: 'App',
        metadata: { name: 'a', uid: 'x' },
        status: { conditions: [{ type: 'Ready', status: 'Unknown' }] },
      },
      [pod({ owner: 'x' })],
      `Progressing: Not ready yet. ${PULL_CAUSE}`,
    ],
  ])('%s', (_name, manifest, below, expected) => expect(seen(manifest, below)).toEqual(expected));
});
