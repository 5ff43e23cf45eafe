import { describe, expect, it } from 'vitest';
import { assessTree } from '#lib/domain/health/assess-tree.ts';
import type { JsonObject, Manifest } from '#lib/domain/resource/manifest.ts';
import { ObjectStore } from './object-store.ts';

const REVISION = 'deployment.kubernetes.io/revision';
const KEY = 'apps/Deployment/shop/web';

function object(kind: string, name: string, more: { version?: string; owner?: string; status?: JsonObject }): Manifest {
  const { version = '1', owner, status = {} } = more;
  return {
    apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
    kind,
    metadata: {
      name,
      namespace: 'shop',
      uid: name,
      resourceVersion: version,
      generation: 1,
      labels: { 'pod-template-hash': 'abc', team: 'web' },
      annotations: { [REVISION]: '3', note: 'long' },
      ...(owner ? { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Any', name: owner, uid: owner }] } : {}),
    },
    spec: { replicas: 1, template: { spec: { containers: [] } } },
    status,
  };
}

const pod = (version: string, state: JsonObject) =>
  object('Pod', 'web-3-a', {
    version,
    owner: 'web-3',
    status: { phase: 'Pending', containerStatuses: [{ name: 'c', image: 'web:3', state }] },
  });

function filled(): ObjectStore {
  const store = new ObjectStore();
  store.manage('shop-app', new Set([KEY]));
  store.put('apps/Deployment', object('Deployment', 'web', { status: { observedGeneration: 1 } }));
  store.put('apps/ReplicaSet', object('ReplicaSet', 'web-3', { owner: 'web', status: { observedGeneration: 1 } }));
  store.put('/Pod', pod('1', { waiting: { reason: 'ContainerCreating' } }));
  return store;
}

describe('ObjectStore', () => {
  it('names the application when a pod two levels below changes, comes or goes', () => {
    const store = filled();
    const stuck = pod('2', { waiting: { reason: 'ErrImagePull' } });
    expect(store.put('/Pod', stuck)).toEqual(new Set(['shop-app']));
    expect(store.put('/Pod', stuck)).toEqual(new Set());
    expect(store.remove(stuck)).toEqual(new Set(['shop-app']));
  });

  it('keeps of children what their owner’s health is told from', () => {
    const store = filled();
    const deployment = store.get(KEY);
    if (typeof deployment === 'string') throw new Error('the Deployment is not there');
    expect(assessTree(deployment, store.descendants(['web'])).status).toBe('Progressing');
    store.put('/Pod', pod('2', { waiting: { reason: 'ErrImagePull' } }));
    expect(assessTree(deployment, store.descendants(['web']))).toMatchObject({
      status: 'Degraded',
      cause: 'Image cannot be pulled: web:3',
    });
    expect(store.descendants(['web-3'])[0]?.metadata).toMatchObject({ labels: { 'pod-template-hash': 'abc' } });
    expect(JSON.stringify(store.descendants(['web']))).not.toMatch(/team|note|template":\{/);
  });
});
