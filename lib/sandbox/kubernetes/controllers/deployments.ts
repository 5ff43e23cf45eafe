import { deepEqual, isObject, listAt, numberAt, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import type { Cluster } from '../cluster.ts';
import { isDeleting, nameOf, namespaceOf, shortHash, withMetadata, withValue } from '../objects.ts';
import { amend } from '../write.ts';
import { counts, create, ownedBy, ownerReference, recordEvent, remove, setStatus, withCondition } from './shared.ts';

const SETS = 'apps/replicasets';
const REVISION = 'deployment.kubernetes.io/revision';
const HASH = 'pod-template-hash';

const revisionOf = (object: JsonObject): number =>
  Number(textAt(objectAt(object, 'metadata', 'annotations'), REVISION)) || 0;

/** The template as its ReplicaSet holds it, without the label the controller adds. */
function templateOf(set: JsonObject): JsonObject {
  return withValue(objectAt(set, 'spec', 'template'), ['metadata', 'labels', HASH], undefined);
}

function makeSet(cluster: Cluster, deployment: JsonObject, revision: number): JsonObject | undefined {
  const template = objectAt(deployment, 'spec', 'template');
  const hash = shortHash(JSON.stringify(template));
  const labels = { ...objectAt(template, 'metadata', 'labels'), [HASH]: hash };
  const selector = objectAt(deployment, 'spec', 'selector');
  return create(cluster, SETS, {
    metadata: {
      name: `${nameOf(deployment)}-${hash}`,
      namespace: namespaceOf(deployment),
      labels,
      annotations: {
        [REVISION]: String(revision),
        'deployment.kubernetes.io/desired-replicas': String(numberAt(deployment, ['spec', 'replicas'], 1)),
      },
      ownerReferences: [ownerReference(deployment, { apiVersion: 'apps/v1', kind: 'Deployment' })],
    },
    spec: {
      replicas: 0,
      selector: { ...selector, matchLabels: { ...objectAt(selector, 'matchLabels'), [HASH]: hash } },
      template: withValue(template, ['metadata', 'labels'], labels),
    },
  });
}

function scaleSet(cluster: Cluster, deployment: JsonObject, change: { set: JsonObject; replicas: number }): void {
  const old = numberAt(change.set, ['spec', 'replicas']);
  if (old === change.replicas) return;
  amend(cluster, SETS, {
    namespace: namespaceOf(change.set),
    name: nameOf(change.set),
    change: (live) => withValue(live, ['spec', 'replicas'], change.replicas),
  });
  const message = `Scaled ${change.replicas > old ? 'up' : 'down'} replica set ${nameOf(change.set)} from ${old} to ${change.replicas}`;
  recordEvent(cluster, deployment, {
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message,
    component: 'deployment-controller',
  });
}

function currentSet(cluster: Cluster, deployment: JsonObject, sets: JsonObject[]): JsonObject | undefined {
  const template = objectAt(deployment, 'spec', 'template');
  const highest = Math.max(0, ...sets.map((set) => revisionOf(set)));
  const known = sets.find((set) =>
    deepEqual(templateOf(set), withValue(template, ['metadata', 'labels', HASH], undefined)),
  );
  if (!known) return makeSet(cluster, deployment, highest + 1);
  if (revisionOf(known) < highest) {
    return amend(cluster, SETS, {
      namespace: namespaceOf(known),
      name: nameOf(known),
      change: (live) => withValue(live, ['metadata', 'annotations', REVISION], String(highest + 1)),
    });
  }
  return known;
}

function roll(cluster: Cluster, deployment: JsonObject, sets: { current: JsonObject; others: JsonObject[] }): void {
  const wanted = numberAt(deployment, ['spec', 'replicas'], 1);
  const recreate = textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate';
  const running = sets.others.reduce((sum, set) => sum + numberAt(set, ['status', 'replicas']), 0);
  if (recreate) for (const set of sets.others) scaleSet(cluster, deployment, { set, replicas: 0 });
  if (!recreate || running === 0) scaleSet(cluster, deployment, { set: sets.current, replicas: wanted });
  const ready = numberAt(sets.current, ['status', 'readyReplicas']) >= wanted;
  if (ready && !recreate) for (const set of sets.others) scaleSet(cluster, deployment, { set, replicas: 0 });
  const limit = numberAt(deployment, ['spec', 'revisionHistoryLimit'], 10);
  const idle = sets.others.filter(
    (set) => numberAt(set, ['spec', 'replicas']) === 0 && numberAt(set, ['status', 'replicas']) === 0,
  );
  for (const set of idle.toSorted((a, b) => revisionOf(b) - revisionOf(a)).slice(limit)) remove(cluster, SETS, set);
}

interface Tally {
  wanted: number;
  updated: number;
  ready: number;
  total: number;
}

function progress(
  cluster: Cluster,
  deployment: JsonObject,
  facts: Tally & { set: JsonObject; conditions: JsonValue[] },
): { conditions: JsonValue[]; again: number | undefined } {
  const complete = facts.updated >= facts.wanted && facts.ready >= facts.wanted && facts.total === facts.wanted;
  const name = nameOf(facts.set);
  const set = (status: string, reason: string, message: string): JsonValue[] =>
    withCondition(cluster, facts.conditions, { type: 'Progressing', status, reason, message, updateTime: true });
  if (complete)
    return {
      conditions: set('True', 'NewReplicaSetAvailable', `ReplicaSet "${name}" has successfully progressed.`),
      again: undefined,
    };
  const known = facts.conditions.find((one) => textAt(one, 'type') === 'Progressing');
  const about =
    known !== undefined &&
    textAt(known, 'message').includes(`"${name}"`) &&
    textAt(known, 'reason') !== 'NewReplicaSetAvailable';
  const deadline = numberAt(deployment, ['spec', 'progressDeadlineSeconds'], 600) * 1000;
  const since = about ? Date.parse(textAt(known, 'lastUpdateTime')) : cluster.now();
  const left = since + deadline - cluster.now();
  if (about && (left <= 0 || textAt(known, 'reason') === 'ProgressDeadlineExceeded')) {
    return {
      conditions: set('False', 'ProgressDeadlineExceeded', `ReplicaSet "${name}" has timed out progressing.`),
      again: undefined,
    };
  }
  return {
    conditions: set('True', 'ReplicaSetUpdated', `ReplicaSet "${name}" is progressing.`),
    again: Math.max(100, left + 50),
  };
}

/** Rolls a Deployment towards its template and counts what runs. Answers when to look again, in milliseconds. */
export function reconcileDeployment(cluster: Cluster, deployment: JsonObject): number | undefined {
  if (isDeleting(deployment)) return undefined;
  const paused = objectAt(deployment, 'spec')['paused'] === true;
  const before = ownedBy(cluster, SETS, deployment);
  const current = paused
    ? before.toSorted((a, b) => revisionOf(b) - revisionOf(a))[0]
    : currentSet(cluster, deployment, before);
  if (!current) return undefined;
  const others = before.filter((set) => nameOf(set) !== nameOf(current));
  roll(cluster, deployment, { current, others });
  const revision = String(revisionOf(current));
  if (textAt(objectAt(deployment, 'metadata', 'annotations'), REVISION) !== revision) {
    amend(cluster, 'apps/deployments', {
      namespace: namespaceOf(deployment),
      name: nameOf(deployment),
      subresource: 'status',
      change: (live) =>
        withMetadata(live, { annotations: { ...objectAt(live, 'metadata', 'annotations'), [REVISION]: revision } }),
    });
  }
  return writeStatus(cluster, deployment, nameOf(current));
}

function writeStatus(cluster: Cluster, deployment: JsonObject, currentName: string): number | undefined {
  const sets = ownedBy(cluster, SETS, deployment);
  const set = sets.find((one) => nameOf(one) === currentName);
  if (!set) return undefined;
  const sum = (field: string): number => sets.reduce((total, one) => total + numberAt(one, ['status', field]), 0);
  const tally: Tally = {
    wanted: numberAt(deployment, ['spec', 'replicas'], 1),
    updated: numberAt(set, ['status', 'replicas']),
    ready: sum('readyReplicas'),
    total: sum('replicas'),
  };
  const surge = objectAt(deployment, 'spec', 'strategy')['rollingUpdate'];
  const slack = isObject(surge) ? Math.floor(tally.wanted * 0.25) : 0;
  const enough = tally.ready >= tally.wanted - slack;
  const conditions = withCondition(cluster, listAt(deployment, 'status', 'conditions'), {
    type: 'Available',
    status: enough ? 'True' : 'False',
    reason: enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: enough ? 'Deployment has minimum availability.' : 'Deployment does not have minimum availability.',
    updateTime: true,
  });
  const { conditions: all, again } = progress(cluster, deployment, { ...tally, set, conditions });
  setStatus(cluster, 'apps/deployments', {
    object: deployment,
    status: {
      observedGeneration: numberAt(deployment, ['metadata', 'generation'], 1),
      ...counts({
        replicas: tally.total,
        updatedReplicas: tally.updated,
        readyReplicas: tally.ready,
        availableReplicas: tally.ready,
        unavailableReplicas: Math.max(0, tally.total - tally.ready, tally.wanted - tally.ready),
      }),
      conditions: all,
    },
  });
  return again;
}
