import { listAt, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import type { Cluster } from '../cluster.ts';
import { isDeleting, nameOf, rfc3339, withMetadata, withValue } from '../objects.ts';
import { IN_USE } from '../prepare.ts';
import { amend } from '../write.ts';
import { create, setStatus } from './shared.ts';

const elapsed = (cluster: Cluster, object: JsonObject): number =>
  cluster.now() - (Date.parse(textAt(object, 'metadata', 'creationTimestamp')) || 0);

/** Gives a load balancer its address after a moment. */
export function reconcileService(cluster: Cluster, service: JsonObject): number | undefined {
  if (
    textAt(service, 'spec', 'type') !== 'LoadBalancer' ||
    listAt(service, 'status', 'loadBalancer', 'ingress').length > 0
  )
    return undefined;
  const left = cluster.readyDelayMs - elapsed(cluster, service);
  if (left > 0) return left;
  const last = textAt(service, 'spec', 'clusterIP').split('.').at(-1) ?? '1';
  setStatus(cluster, '/services', {
    object: service,
    status: { loadBalancer: { ingress: [{ ip: `203.0.113.${last}`, ipMode: 'VIP' }] } },
    manager: 'cloud-controller-manager',
  });
  return undefined;
}

function releaseClaim(cluster: Cluster, claim: JsonObject): void {
  const left = listAt(claim, 'metadata', 'finalizers').filter((one) => one !== IN_USE);
  if (left.length === listAt(claim, 'metadata', 'finalizers').length) return;
  amend(cluster, '/persistentvolumeclaims', {
    namespace: textAt(claim, 'metadata', 'namespace'),
    name: nameOf(claim),
    change: (live) => withMetadata(live, { finalizers: left.length > 0 ? left : undefined }),
  });
}

/** Binds a claim to a volume of its own. */
export function reconcileClaim(cluster: Cluster, claim: JsonObject): undefined {
  if (isDeleting(claim)) releaseClaim(cluster, claim);
  if (textAt(claim, 'status', 'phase') === 'Bound' || isDeleting(claim)) return undefined;
  const namespace = textAt(claim, 'metadata', 'namespace');
  amend(cluster, '/persistentvolumeclaims', {
    namespace,
    name: nameOf(claim),
    change: (live) => withValue(live, ['spec', 'volumeName'], `pvc-${textAt(live, 'metadata', 'uid')}`),
  });
  const capacity = objectAt(claim, 'spec', 'resources', 'requests');
  setStatus(cluster, '/persistentvolumeclaims', {
    object: claim,
    status: { phase: 'Bound', accessModes: listAt(claim, 'spec', 'accessModes'), capacity },
  });
  return undefined;
}

/** What every namespace gets: a service account and the cluster's certificate. */
export function reconcileNamespace(cluster: Cluster, namespace: JsonObject): undefined {
  if (isDeleting(namespace)) return undefined;
  const name = nameOf(namespace);
  if (!cluster.store.get('/serviceaccounts', name, 'default'))
    create(cluster, '/serviceaccounts', { metadata: { name: 'default', namespace: name } });
  if (!cluster.store.get('/configmaps', name, 'kube-root-ca.crt')) {
    create(cluster, '/configmaps', {
      metadata: {
        name: 'kube-root-ca.crt',
        namespace: name,
        annotations: {
          'kubernetes.io/description':
            'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints.',
        },
      },
      data: { 'ca.crt': 'sandbox' },
    });
  }
  return undefined;
}

/** The one node pods run on. */
export function nodeObject(cluster: Cluster, name: string): JsonObject {
  const now = rfc3339(cluster.now());
  return {
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' },
    },
    status: {
      capacity: { cpu: '8', memory: '32Gi', pods: '110' },
      allocatable: { cpu: '8', memory: '32Gi', pods: '110' },
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          lastHeartbeatTime: now,
          lastTransitionTime: now,
          reason: 'KubeletReady',
          message: 'kubelet is posting ready status',
        },
      ],
      nodeInfo: {
        kubeletVersion: 'v1.36.3',
        osImage: 'sandbox',
        kernelVersion: 'sandbox',
        containerRuntimeVersion: 'containerd://2.0.0',
        architecture: 'amd64',
        operatingSystem: 'linux',
        bootID: '',
        machineID: '',
        systemUUID: '',
        kubeProxyVersion: '',
      },
    },
  };
}
