import { objectAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import type { Cluster } from './cluster.ts';
import { nodeObject } from './controllers/ambient.ts';
import { NODE, setStatus } from './controllers/shared.ts';
import { INTERNAL, createObject, decode } from './write.ts';

const NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

function create(cluster: Cluster, storage: string, body: JsonObject): void {
  const resource = cluster.resource(storage);
  createObject(cluster, resource, {
    object: decode(resource, body).object,
    options: { ...INTERNAL, manager: 'kube-apiserver' },
  });
}

/** What every cluster has from the start. A cluster with any namespace is left alone. */
export function seedCluster(cluster: Cluster): void {
  if (cluster.store.count('/namespaces') > 0) return;
  const node = nodeObject(cluster, NODE);
  create(cluster, '/nodes', node);
  setStatus(cluster, '/nodes', { object: node, status: objectAt(node, 'status'), manager: 'kubelet' });
  for (const name of NAMESPACES) create(cluster, '/namespaces', { metadata: { name } });
  create(cluster, '/services', {
    metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: { ports: [{ name: 'https', port: 443, targetPort: 6443 }] },
  });
}
