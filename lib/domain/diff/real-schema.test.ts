import { describe, expect, it } from 'vitest';
import { loadKubernetesSchema } from '#lib/sandbox/openapi/load.ts';
import { type JsonObject, type Manifest, parseApiVersion } from '../resource/manifest.ts';
import { findKindSchema } from '../schema/navigate.ts';
import { compareObject } from './compare.ts';
import type { Comparison } from './difference.ts';
import { normaliseDesired } from './normalise.ts';

const bundle = loadKubernetesSchema();

/** Compares by the schema a real API server publishes. `filled` is what the server adds; `edit` what somebody does to live afterwards. */
function compare(apiVersion: string, kind: string, sides: { desired: JsonObject; filled: JsonObject }): Comparison {
  const root = findKindSchema(bundle, { ...parseApiVersion(apiVersion), kind });
  if (root === undefined) throw new Error(`no schema of ${kind}`);
  const desired: Manifest = { apiVersion, kind, metadata: { name: 'x' }, ...sides.desired };
  const live: Manifest = {
    apiVersion,
    kind,
    metadata: { name: 'x', namespace: 'shop', uid: 'u', resourceVersion: '7' },
    ...sides.filled,
  };
  return compareObject({
    desired: normaliseDesired(desired, { defaultNamespace: 'shop', namespaced: true }),
    live,
    schema: { root, definitions: bundle.definitions },
  });
}

const container = {
  name: 'web',
  image: 'registry.example/web:2.1',
  env: [
    { name: 'A', value: '1' },
    { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  ],
  ports: [{ containerPort: 80 }],
  resources: { limits: { cpu: 1, memory: '1Gi' } },
  readinessProbe: { httpGet: { path: '/', port: 80 } },
};
const liveContainer = {
  ...container,
  env: [
    { name: 'A', value: '1' },
    { name: 'POD', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
  ],
  ports: [{ containerPort: 80, protocol: 'TCP' }],
  resources: { limits: { cpu: '1', memory: '1Gi' } },
  readinessProbe: { httpGet: { path: '/', port: 80, scheme: 'HTTP' }, timeoutSeconds: 1, periodSeconds: 10 },
  imagePullPolicy: 'IfNotPresent',
  terminationMessagePath: '/dev/termination-log',
};
const template = (spec: JsonObject): JsonObject => ({ metadata: { labels: { app: 'x' } }, spec });
const volumes = [
  { name: 'e', emptyDir: {} },
  { name: 'c', configMap: { name: 'm', items: [{ key: 'a', path: 'b' }] } },
];
const liveVolumes = [
  { name: 'e', emptyDir: {} },
  { name: 'c', configMap: { name: 'm', items: [{ key: 'a', path: 'b' }], defaultMode: 420 } },
];
const selector = { matchLabels: { app: 'x' } };
const binding = (subject: JsonObject): JsonObject => ({
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' },
  subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'shop' }, subject],
});
const policy = (port: JsonObject): JsonObject => ({
  spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: selector }], ports: [port] }] },
});
const claim = (rest: JsonObject, spec: JsonObject): JsonObject => ({
  spec: {
    serviceName: 'x',
    selector,
    template: template({ containers: [{ name: 'c', image: 'i' }] }),
    volumeClaimTemplates: [{ metadata: { name: 'd' }, ...rest, spec: { accessModes: ['ReadWriteOnce'], ...spec } }],
  },
});

describe('compareObject by the schemas of a real API server', () => {
  it.each<[string, string, { desired: JsonObject; filled: JsonObject }]>([
    [
      'apps/v1',
      'Deployment',
      {
        desired: {
          spec: {
            replicas: 2,
            selector,
            strategy: { rollingUpdate: { maxSurge: '25%' } },
            template: template({ containers: [container], volumes, tolerations: [{ key: 'x', operator: 'Exists' }] }),
          },
        },
        filled: {
          spec: {
            replicas: 2,
            revisionHistoryLimit: 10,
            selector,
            strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
            template: template({
              containers: [liveContainer],
              volumes: liveVolumes,
              tolerations: [{ key: 'x', operator: 'Exists' }],
              dnsPolicy: 'ClusterFirst',
            }),
          },
          status: { replicas: 2 },
        },
      },
    ],
    [
      'apps/v1',
      'StatefulSet',
      {
        desired: claim({}, { resources: { requests: { storage: '1Gi' } } }),
        filled: claim(
          { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending' } },
          { resources: { requests: { storage: '1024Mi' } }, volumeMode: 'Filesystem' },
        ),
      },
    ],
    [
      'v1',
      'Service',
      {
        desired: { spec: { selector: { app: 'x' }, ports: [{ port: 80, targetPort: 'http' }] } },
        filled: {
          spec: {
            type: 'ClusterIP',
            clusterIP: '192.0.2.1',
            selector: { app: 'x' },
            ports: [{ port: 80, protocol: 'TCP', targetPort: 'http', nodePort: 30080 }],
          },
        },
      },
    ],
    [
      'networking.k8s.io/v1',
      'NetworkPolicy',
      { desired: policy({ port: 80 }), filled: policy({ port: 80, protocol: 'TCP' }) },
    ],
    [
      'rbac.authorization.k8s.io/v1',
      'RoleBinding',
      {
        desired: binding({ kind: 'User', name: 'u' }),
        filled: binding({ kind: 'User', name: 'u', apiGroup: 'rbac.authorization.k8s.io' }),
      },
    ],
    ['v1', 'ConfigMap', { desired: { data: { a: '1' } }, filled: { data: { a: '1', added: 'by others' } } }],
  ])('%s %s: what the server fills in is no difference', (apiVersion, kind, sides) =>
    expect(compare(apiVersion, kind, sides)).toEqual({ verdict: 'equal' }),
  );

  it.each<[string, string, { desired: JsonObject; filled: JsonObject }, string[]]>([
    [
      'apps/v1',
      'Deployment',
      {
        desired: { spec: { replicas: 2, template: template({ containers: [container] }) } },
        filled: {
          spec: {
            replicas: 5,
            template: template({
              containers: [
                { name: 'sidecar' },
                {
                  ...liveContainer,
                  image: 'registry.example/web:2.0',
                  resources: { limits: { cpu: '2', memory: '1024Mi' } },
                },
              ],
            }),
          },
        },
      },
      [
        'spec.replicas',
        'spec.template.spec.containers[name=web].image',
        'spec.template.spec.containers[name=web].resources.limits.cpu',
      ],
    ],
    [
      'v1',
      'Service',
      {
        desired: { spec: { ports: [{ port: 80, targetPort: 8080 }], selector: { app: 'x' } } },
        filled: {
          spec: { ports: [{ port: 80, protocol: 'TCP', targetPort: 9090 }], selector: { app: 'x', more: 'y' } },
        },
      },
      ['spec.ports[port=80,protocol=TCP].targetPort', 'spec.selector.more'],
    ],
    [
      'networking.k8s.io/v1',
      'NetworkPolicy',
      { desired: policy({ port: 80 }), filled: policy({ port: 81, protocol: 'TCP' }) },
      ['spec.ingress[0].ports[0].port'],
    ],
    [
      'rbac.authorization.k8s.io/v1',
      'RoleBinding',
      {
        desired: binding({ kind: 'User', name: 'u' }),
        filled: { ...binding({ kind: 'User', name: 'u' }), subjects: [] },
      },
      ['subjects'],
    ],
    ['v1', 'ConfigMap', { desired: { data: { 'app.conf': '1' } }, filled: {} }, ['data["app.conf"]']],
  ])('%s %s: what a person changes is one, and certain', (apiVersion, kind, sides, paths) => {
    const comparison = compare(apiVersion, kind, sides);
    expect(comparison.verdict).toBe('different');
    expect(comparison.verdict === 'equal' ? [] : comparison.differences.map(({ path }) => path).sort()).toEqual(
      [...paths].sort(),
    );
  });
});
