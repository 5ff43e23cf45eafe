import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject, Manifest } from '../../resource/manifest.ts';
import { assessTree } from '../assess-tree.ts';
import { CAUSE_CASES, NO_CAUSE } from './cases.ts';
import { diagnose, KNOWN_CAUSES } from './diagnose.ts';

describe('what a message means', () => {
  test.each(Object.entries(CAUSE_CASES).flatMap(([id, texts]) => texts.map((text) => [id, text] as const)))(
    '%s: %s',
    (id, text) => {
      expect(diagnose(text)?.id).toBe(id);
    },
  );

  test.each(NO_CAUSE)('nothing: %j', (text) => expect(diagnose(text)).toBeNull());

  test('every cause has a name of its own, words, one action, and a case', () => {
    const ids = KNOWN_CAUSES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => CAUSE_CASES[id] === undefined)).toEqual([]);
    for (const { id, words, action } of KNOWN_CAUSES) {
      expect([id, words]).toEqual([id, expect.stringMatching(/^[A-Z$][^\n]*\.$/)]);
      expect([id, action]).toEqual([id, expect.stringMatching(/^[A-Z][^\n]*\.$/)]);
    }
  });

  test('the object that is missing is named in words and action', () => {
    expect(diagnose('Container web cannot start: secret "database" not found')).toEqual({
      id: 'secret-missing',
      words: 'The Secret database does not exist.',
      action: 'Create the Secret database in the same namespace, or correct its name where it is used.',
    });
  });

  test('no mark is left unfilled, whatever is said', () => {
    for (const text of Object.values(CAUSE_CASES).flat()) {
      const { words, action } = diagnose(text) ?? { words: '', action: '' };
      expect(`${words} ${action}`).not.toMatch(/\$\d|undefined| {2}/);
    }
  });

  test('is found in little time, however long and odd the text', () => {
    const odd = [
      'pull'.repeat(20_000),
      'image '.repeat(20_000),
      '('.repeat(100_000),
      'MountVolume.'.repeat(9_000),
      'taint {'.repeat(20_000),
      'maximum '.repeat(20_000),
    ];
    const begun = performance.now();
    for (const text of odd) diagnose(text);
    expect(performance.now() - begun).toBeLessThan(1_000);
    fc.assert(fc.property(fc.string(), (text) => diagnose(text) === null || diagnose(text)?.words !== ''));
  });
});

/** A Deployment that progresses, with the newest replica set and one pod of it. */
function diagnosed(podStatus: JsonObject, replicaSetStatus: JsonObject = {}) {
  const metadata = (name: string, uid: string, owner?: string) => ({
    name,
    uid,
    generation: 1,
    annotations: { 'deployment.kubernetes.io/revision': '1' },
    ...(owner === undefined ? {} : { ownerReferences: [{ apiVersion: 'v1', kind: 'X', name: 'x', uid: owner }] }),
  });
  const deployment: Manifest = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata('web', 'd'),
    spec: { replicas: 1 },
    status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 0 },
  };
  const set: Manifest = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: metadata('web-1', 'r', 'd'),
    spec: { replicas: 1 },
    status: { observedGeneration: 1, replicas: 1, ...replicaSetStatus },
  };
  const pod: Manifest = { apiVersion: 'v1', kind: 'Pod', metadata: metadata('web-1-x', 'p', 'r'), status: podStatus };
  const { status, message } = assessTree(deployment, [set, pod]);
  return [status, diagnose(message)?.id];
}

const waiting = (reason: string, message: string, last: JsonObject = {}): JsonObject => ({
  phase: 'Pending',
  containerStatuses: [
    { name: 'web', image: 'registry.example/web:1', state: { waiting: { reason, message } }, lastState: last },
  ],
});
const ended = (exitCode: number, reason = 'Error'): JsonObject => ({ terminated: { exitCode, reason } });
const unscheduled = (message: string): JsonObject => ({
  phase: 'Pending',
  conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
});

describe('a Deployment is followed down to the pod', () => {
  test.each([
    ['image-not-found', waiting('ImagePullBackOff', 'rpc error: registry.example/web:1: not found')],
    ['image-access', waiting('ErrImagePull', 'failed to authorize: 401 Unauthorized')],
    ['image-rate-limit', waiting('ErrImagePull', 'toomanyrequests: slow down')],
    ['image-registry-certificate', waiting('ErrImagePull', 'x509: unknown authority')],
    ['image-registry-unreachable', waiting('ErrImagePull', 'connect: connection refused')],
    ['image-name-invalid', waiting('InvalidImageName', '')],
    ['out-of-memory', waiting('CrashLoopBackOff', 'back-off 5m0s', ended(137, 'OOMKilled'))],
    ['segmentation-fault', waiting('CrashLoopBackOff', 'back-off 5m0s', ended(139))],
    ['command-missing', waiting('CrashLoopBackOff', 'back-off 5m0s', ended(127))],
    ['exit-completed', waiting('CrashLoopBackOff', 'back-off 5m0s', ended(0, 'Completed'))],
    ['crash', waiting('CrashLoopBackOff', 'back-off 5m0s', ended(1))],
    ['config-map-missing', waiting('CreateContainerConfigError', 'configmap "settings" not found')],
    ['config-key-missing', waiting('CreateContainerConfigError', "couldn't find key A in Secret shop/database")],
    ['runs-as-root', waiting('CreateContainerConfigError', 'container has runAsNonRoot and image will run as root')],
  ])('%s', (id, podStatus) => {
    expect(diagnosed(podStatus)).toEqual(['Degraded', id]);
  });

  test('an init container is told as one', () => {
    const { containerStatuses: initContainerStatuses = [] } = waiting('CrashLoopBackOff', '', ended(1));
    expect(diagnosed({ phase: 'Pending', initContainerStatuses })).toEqual(['Degraded', 'init-container']);
  });

  test.each([
    ['insufficient-cpu', '0/3 nodes are available: 3 Insufficient cpu.'],
    ['taint', '0/3 nodes are available: 3 node(s) had untolerated taint {dedicated: db}.'],
    ['claim-unbound', '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.'],
  ])('%s, while the rollout waits', (id, message) => {
    expect(diagnosed(unscheduled(message))).toEqual(['Progressing', id]);
  });

  test('what keeps the replica set from making pods is told', () => {
    const refused = {
      type: 'ReplicaFailure',
      status: 'True',
      reason: 'FailedCreate',
      message: 'pods "web-1-x" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=4, limited: pods=4',
    };
    expect(diagnosed({ phase: 'Running' }, { replicas: 0, conditions: [refused] })).toEqual([
      'Progressing',
      'quota-exceeded',
    ]);
  });
});
