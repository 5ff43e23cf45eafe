import { objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import type { Cluster } from '../cluster.ts';
import { members } from '../defaults/set.ts';
import { isDeleting, nameOf, namespaceOf, rfc3339, shortHash, uidOf, withValue } from '../objects.ts';
import { amend } from '../write.ts';
import { NODE, controllerOf, recordEvent, setStatus } from './shared.ts';

const BROKEN_TAG = /(?:broken|missing|does-not-exist)/;
export const FAIL_ANNOTATION = 'sandbox.quarterdeck.dev/fail';

const tagOf = (image: string): string => /:([^/]*)$/.exec(image)?.[1] ?? '';
const cannotPull = (image: string): boolean => BROKEN_TAG.test(tagOf(image));

/** When this process first saw a pod, by uid. */
const firstSeen = new WeakMap<Cluster, Map<string, number>>();

function seenSince(cluster: Cluster, uid: string): number {
  const known = firstSeen.get(cluster) ?? new Map<string, number>();
  firstSeen.set(cluster, known);
  const since = known.get(uid) ?? cluster.now();
  known.set(uid, since);
  return since;
}

const forget = (cluster: Cluster, uid: string): void => void firstSeen.get(cluster)?.delete(uid);

interface ContainerState {
  ready: boolean;
  restarts: number;
  state: JsonObject;
  lastState: JsonObject;
}

function containerStatus(container: JsonObject, found: ContainerState, uid: string): JsonObject {
  const image = textAt(container, 'image');
  const running = found.state['running'] !== undefined || found.state['terminated'] !== undefined;
  return {
    name: textAt(container, 'name'),
    state: found.state,
    lastState: found.lastState,
    ready: found.ready,
    restartCount: found.restarts,
    image,
    imageID: running ? `sandbox.invalid/image@sha256:${shortHash(image, 32)}` : '',
    ...(running ? { containerID: `containerd://${shortHash(`${uid}${textAt(container, 'name')}`, 40)}` } : {}),
    started: found.state['running'] !== undefined,
  };
}

function conditionsOf(
  pod: JsonObject,
  now: string,
  verdict: { ready: boolean; done: boolean; unready: string[] },
): JsonValue[] {
  const known = members(objectAt(pod, 'status'), 'conditions');
  const make = (type: string, holds: boolean, because = false): JsonObject => {
    const status = holds ? 'True' : 'False';
    const old = known.find((one) => one['type'] === type);
    const reason = verdict.done ? 'PodCompleted' : 'ContainersNotReady';
    const message = verdict.done ? '' : `containers with unready status: [${verdict.unready.join(' ')}]`;
    return {
      type,
      status,
      lastProbeTime: null,
      lastTransitionTime: old?.['status'] === status ? (old['lastTransitionTime'] ?? now) : now,
      ...(holds || !because ? {} : { reason, ...(message === '' ? {} : { message }) }),
    };
  };
  return [
    make('PodReadyToStartContainers', !verdict.done),
    make('Initialized', true),
    make('Ready', verdict.ready, true),
    make('ContainersReady', verdict.ready, true),
    make('PodScheduled', true),
  ];
}

type Mode = 'starting' | 'running' | 'image' | 'crash' | 'succeeded' | 'failed';

function stateFor(mode: Mode, container: JsonObject, started: string): ContainerState {
  const image = textAt(container, 'image');
  const none = { ready: false, restarts: 0, lastState: {} };
  if (mode === 'starting') return { ...none, state: { waiting: { reason: 'ContainerCreating' } } };
  if (mode === 'image' && cannotPull(image)) {
    const message = `Back-off pulling image "${image}": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "${image}": not found`;
    return { ...none, state: { waiting: { reason: 'ImagePullBackOff', message } } };
  }
  const ended = (exitCode: number, reason: string): JsonObject => ({
    terminated: { exitCode, reason, startedAt: started, finishedAt: started },
  });
  if (mode === 'crash') {
    const message = `back-off 5m0s restarting failed container=${textAt(container, 'name')}`;
    return {
      ready: false,
      restarts: 5,
      state: { waiting: { reason: 'CrashLoopBackOff', message } },
      lastState: ended(1, 'Error'),
    };
  }
  if (mode === 'succeeded') return { ...none, state: ended(0, 'Completed') };
  if (mode === 'failed') return { ...none, state: ended(1, 'Error') };
  return { ready: true, restarts: 0, state: { running: { startedAt: started } }, lastState: {} };
}

function modeOf(cluster: Cluster, pod: JsonObject, since: number): Mode {
  const containers = members(objectAt(pod, 'spec'), 'containers');
  const elapsed = cluster.now() - since;
  if (containers.some((one) => cannotPull(textAt(one, 'image'))))
    return elapsed < cluster.readyDelayMs / 2 ? 'starting' : 'image';
  if (elapsed < cluster.readyDelayMs) return 'starting';
  const fails = textAt(objectAt(pod, 'metadata', 'annotations'), FAIL_ANNOTATION);
  const job = controllerOf(pod)?.kind === 'Job';
  if (fails !== '') return job ? 'failed' : 'crash';
  return job && elapsed >= cluster.readyDelayMs * 2 ? 'succeeded' : 'running';
}

const PHASES: Record<Mode, string> = {
  starting: 'Pending',
  running: 'Running',
  image: 'Pending',
  crash: 'Running',
  succeeded: 'Succeeded',
  failed: 'Failed',
};

function writePodStatus(cluster: Cluster, pod: JsonObject, mode: Mode): void {
  const now = rfc3339(cluster.now());
  const old = objectAt(pod, 'status');
  const started = textAt(old, 'startTime') || now;
  const containers = members(objectAt(pod, 'spec'), 'containers');
  const statuses = containers.map((container) =>
    containerStatus(container, stateFor(mode, container, started), uidOf(pod)),
  );
  const unready = statuses.filter((one) => one['ready'] !== true).map((one) => textAt(one, 'name'));
  const done = mode === 'succeeded' || mode === 'failed';
  const address = textAt(old, 'podIP') || (mode === 'starting' ? '' : cluster.nextPodAddress());
  const status: JsonObject = {
    phase: PHASES[mode],
    conditions: conditionsOf(pod, now, { ready: unready.length === 0, done, unready }),
    hostIP: '10.0.0.10',
    hostIPs: [{ ip: '10.0.0.10' }],
    ...(address === '' ? {} : { podIP: address, podIPs: [{ ip: address }] }),
    startTime: started,
    containerStatuses: statuses,
    qosClass: textAt(old, 'qosClass') || 'BestEffort',
  };
  setStatus(cluster, '/pods', { object: pod, status, manager: 'kubelet' });
}

function announce(cluster: Cluster, pod: JsonObject, mode: Mode): void {
  const [first] = members(objectAt(pod, 'spec'), 'containers');
  const image = textAt(first, 'image');
  const say = (type: 'Normal' | 'Warning', reason: string, message: string): void =>
    recordEvent(cluster, pod, { type, reason, message, component: 'kubelet' });
  if (mode === 'running') {
    say('Normal', 'Pulled', `Container image "${image}" already present on machine`);
    say('Normal', 'Started', `Started container ${textAt(first, 'name')}`);
  } else if (mode === 'image') {
    const broken =
      members(objectAt(pod, 'spec'), 'containers')
        .map((one) => textAt(one, 'image'))
        .find(cannotPull) ?? image;
    say(
      'Warning',
      'Failed',
      `Failed to pull image "${broken}": rpc error: code = NotFound desc = failed to pull and unpack image "${broken}": not found`,
    );
    say('Warning', 'BackOff', `Back-off pulling image "${broken}"`);
  } else if (mode === 'crash')
    say('Warning', 'BackOff', `Back-off restarting failed container ${textAt(first, 'name')} in pod ${nameOf(pod)}`);
}

/** The mode last written for a pod, read back from its status. */
function writtenMode(pod: JsonObject): Mode | undefined {
  const status = objectAt(pod, 'status');
  const phase = textAt(status, 'phase');
  if (phase === 'Succeeded') return 'succeeded';
  if (phase === 'Failed') return 'failed';
  const reasons = members(status, 'containerStatuses').map((one) => textAt(one, 'state', 'waiting', 'reason'));
  if (reasons.includes('ImagePullBackOff')) return 'image';
  if (reasons.includes('CrashLoopBackOff')) return 'crash';
  if (reasons.includes('ContainerCreating')) return 'starting';
  return phase === 'Running' ? 'running' : undefined;
}

/** Schedules a pod, starts it after the delay, and lets a deleted one go. Answers when to look again, in milliseconds. */
export function reconcilePod(cluster: Cluster, pod: JsonObject): number | undefined {
  if (isDeleting(pod)) return finishPod(cluster, pod);
  if (textAt(pod, 'spec', 'nodeName') === '') {
    amend(cluster, '/pods', {
      namespace: namespaceOf(pod),
      name: nameOf(pod),
      manager: 'kube-scheduler',
      subresource: 'binding',
      change: (live) => withValue(live, ['spec', 'nodeName'], NODE),
    });
    recordEvent(cluster, pod, {
      type: 'Normal',
      reason: 'Scheduled',
      message: `Successfully assigned ${namespaceOf(pod)}/${nameOf(pod)} to ${NODE}`,
      component: 'default-scheduler',
    });
    return undefined;
  }
  const written = writtenMode(pod);
  if (written === 'succeeded' || written === 'failed') return undefined;
  const settled = (written === 'running' || written === 'crash') && controllerOf(pod)?.kind !== 'Job';
  const sameImages = members(objectAt(pod, 'status'), 'containerStatuses').every(
    (one, index) => textAt(one, 'image') === textAt(members(objectAt(pod, 'spec'), 'containers')[index], 'image'),
  );
  if (settled && sameImages) return undefined;
  const since = seenSince(cluster, uidOf(pod));
  const mode = modeOf(cluster, pod, since);
  if (mode !== written || !sameImages) {
    writePodStatus(cluster, pod, mode);
    announce(cluster, pod, mode);
  }
  if (mode === 'image') return undefined;
  const next = mode === 'starting' ? cluster.readyDelayMs / 2 : cluster.readyDelayMs;
  return mode === 'starting' || controllerOf(pod)?.kind === 'Job' ? Math.max(10, next / 2) : undefined;
}

function finishPod(cluster: Cluster, pod: JsonObject): number | undefined {
  const since = seenSince(cluster, `${uidOf(pod)}/end`);
  const wait = Math.min(
    cluster.readyDelayMs / 2,
    Number(objectAt(pod, 'metadata')['deletionGracePeriodSeconds'] ?? 0) * 1000,
  );
  const left = since + wait - cluster.now();
  if (left > 0) return left;
  forget(cluster, uidOf(pod));
  forget(cluster, `${uidOf(pod)}/end`);
  const finalizers = objectAt(pod, 'metadata')['finalizers'];
  if (!Array.isArray(finalizers) || finalizers.length === 0) cluster.store.remove('/pods', pod);
  return undefined;
}
