import { listAt, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import type { Cluster } from './cluster.ts';
import { admitPod } from './defaults/pod.ts';
import { fill, members } from './defaults/set.ts';
import { cloneJson, nameOf, uidOf } from './objects.ts';
import type { Resource } from './resources.ts';

type Prepare = (object: JsonObject, cluster: Cluster) => void;

function job(object: JsonObject): void {
  const spec = objectAt(object, 'spec');
  if (spec['manualSelector'] === true) return;
  const uid = uidOf(object);
  const labels = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': nameOf(object),
    'controller-uid': uid,
    'job-name': nameOf(object),
  };
  const template = objectAt(spec, 'template');
  const metadata = objectAt(template, 'metadata');
  metadata['labels'] = { ...objectAt(metadata, 'labels'), ...labels };
  template['metadata'] = metadata;
  const own = objectAt(object, 'metadata');
  own['labels'] = { ...objectAt(own, 'labels'), ...labels };
  fill(spec, 'selector', { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } });
}

function service(object: JsonObject, cluster: Cluster): void {
  const spec = objectAt(object, 'spec');
  const type = textAt(spec, 'type');
  object['status'] = { loadBalancer: {} };
  if (type === 'ExternalName') return;
  if (textAt(spec, 'clusterIP') === '') spec['clusterIP'] = cluster.nextAddress();
  fill(spec, 'clusterIPs', [spec['clusterIP'] ?? '']);
  fill(spec, 'ipFamilies', ['IPv4']);
  fill(spec, 'ipFamilyPolicy', 'SingleStack');
  if (type === 'NodePort' || (type === 'LoadBalancer' && spec['allocateLoadBalancerNodePorts'] !== false)) {
    for (const port of members(spec, 'ports')) fill(port, 'nodePort', cluster.nextNodePort());
  }
}

/** Keeps a claim until nobody uses it. */
export const IN_USE = 'kubernetes.io/pvc-protection';

const TABLE: Record<string, Prepare> = {
  '/pods': (object) => admitPod(object),
  '/services': service,
  '/namespaces': (object) => {
    const spec = { ...objectAt(object, 'spec') };
    fill(spec, 'finalizers', ['kubernetes']);
    object['spec'] = spec;
    object['status'] = { phase: 'Active' };
  },
  '/persistentvolumeclaims': (object) => {
    const metadata = objectAt(object, 'metadata');
    metadata['finalizers'] = [...listAt(metadata, 'finalizers').filter((one) => one !== IN_USE), IN_USE];
    object['status'] = { phase: 'Pending' };
  },
  '/persistentvolumes': (object) => {
    object['status'] = { phase: 'Pending' };
  },
  'batch/jobs': job,
  'autoscaling/horizontalpodautoscalers': (object) => {
    object['status'] = { desiredReplicas: 0, currentMetrics: null };
  },
};

const REPLICAS = new Set(['apps/replicasets', '/replicationcontrollers']);

/** Allocations and admission of a new object: addresses, ports, identity labels, first status. */
export function prepareForCreate(cluster: Cluster, resource: Resource, object: JsonObject): JsonObject {
  if (resource.custom) return object;
  const own = cloneJson(object);
  if (resource.subresources.some((one) => one.name === 'status')) own['status'] = emptyStatus(resource);
  TABLE[resource.storage]?.(own, cluster);
  return own;
}

function emptyStatus(resource: Resource): JsonObject {
  if (resource.storage === 'apps/daemonsets')
    return { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };
  if (resource.storage === 'policy/poddisruptionbudgets')
    return { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
  if (resource.storage === 'networking.k8s.io/ingresses') return { loadBalancer: {} };
  if (resource.storage === 'apps/statefulsets') return { replicas: 0, availableReplicas: 0 };
  return REPLICAS.has(resource.storage) ? { replicas: 0 } : {};
}

/** What an update may leave out and keeps: allocations of Services and Jobs. */
export function prepareForUpdate(resource: Resource, next: JsonObject, live: JsonObject): JsonObject {
  if (resource.storage === '/services') return keepAddresses(next, live);
  if (resource.storage === '/pods' || resource.storage === '/persistentvolumeclaims')
    return keepSpec(
      next,
      live,
      resource.storage === '/pods'
        ? ['nodeName', 'tolerations', 'priority', 'preemptionPolicy', 'serviceAccountName', 'serviceAccount']
        : ['volumeName', 'storageClassName'],
    );
  return resource.storage === 'batch/jobs' ? keepJob(next, live) : next;
}

function keepSpec(next: JsonObject, live: JsonObject, names: string[]): JsonObject {
  const spec = { ...objectAt(next, 'spec') };
  for (const name of names) {
    const old = objectAt(live, 'spec')[name];
    if (spec[name] === undefined && old !== undefined) spec[name] = old;
  }
  return { ...next, spec };
}

function keepAddresses(next: JsonObject, live: JsonObject): JsonObject {
  if (textAt(next, 'spec', 'type') === 'ExternalName') return next;
  const kept = keepSpec(next, live, ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'healthCheckNodePort']);
  const before = members(objectAt(live, 'spec'), 'ports');
  const type = textAt(next, 'spec', 'type');
  if (type !== 'NodePort' && type !== 'LoadBalancer') return kept;
  const ports = members(objectAt(kept, 'spec'), 'ports').map((port) => {
    const old = before.find((one) => one['port'] === port['port'] && one['protocol'] === port['protocol']);
    return port['nodePort'] === undefined && old?.['nodePort'] !== undefined
      ? { ...port, nodePort: old['nodePort'] }
      : port;
  });
  return { ...kept, spec: { ...objectAt(kept, 'spec'), ports } };
}

function keepJob(next: JsonObject, live: JsonObject): JsonObject {
  const kept = keepSpec(next, live, ['selector']);
  const labels = objectAt(live, 'spec', 'template', 'metadata', 'labels');
  const template = objectAt(kept, 'spec', 'template');
  const metadata = objectAt(template, 'metadata');
  const merged = { ...template, metadata: { ...metadata, labels: { ...labels, ...objectAt(metadata, 'labels') } } };
  const own = objectAt(kept, 'metadata');
  const generated = Object.fromEntries(
    Object.entries(objectAt(live, 'metadata', 'labels')).filter(([name]) => name in labels),
  );
  return {
    ...kept,
    metadata: { ...own, labels: { ...generated, ...objectAt(own, 'labels') } },
    spec: { ...objectAt(kept, 'spec'), template: merged },
  };
}
