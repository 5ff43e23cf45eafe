import { compareObject } from '#lib/domain/diff/compare.ts';
import { normaliseDesired } from '#lib/domain/diff/normalise.ts';
import type { JsonObject, Manifest } from '#lib/domain/resource/manifest.ts';
import { findKindSchema } from '#lib/domain/schema/navigate.ts';
import { loadKubernetesSchema } from '#lib/sandbox/openapi/load.ts';
import { type Row, rowOf } from './row.ts';

const ROUNDS = 7;
const OBJECTS = 2_000;
const CONTAINERS = ['web', 'proxy'];

function container(name: string): JsonObject {
  return {
    name,
    image: `registry.example/shop/${name}:2.1.0`,
    env: Array.from({ length: 8 }, (_, index) => ({ name: `SETTING_${index}`, value: `value-${index}` })),
    ports: [{ name: 'http', containerPort: 8080 }],
    resources: { limits: { cpu: '500m', memory: '512Mi' }, requests: { cpu: '0.1', memory: '134217728' } },
    readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
    volumeMounts: [{ name: 'config', mountPath: '/etc/app' }],
  };
}

/** What a server adds to a container. */
function filled(name: string): JsonObject {
  return {
    ...container(name),
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    resources: { limits: { cpu: '500m', memory: '512Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
    readinessProbe: {
      httpGet: { path: '/ready', port: 'http', scheme: 'HTTP' },
      timeoutSeconds: 1,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
    },
    imagePullPolicy: 'IfNotPresent',
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  };
}

const podSpec = (containers: JsonObject[]): JsonObject => ({
  containers,
  volumes: [{ name: 'config', configMap: { name: 'web-config' } }],
});

function desiredOf(index: number): Manifest {
  const labels = { app: `web-${index}`, team: 'shop' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `web-${index}`, labels },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: `web-${index}` } },
      template: { metadata: { labels }, spec: podSpec(CONTAINERS.map(container)) },
    },
  };
}

/** What of a container we own, in the form of managedFields. */
function ownedContainer(name: string): [string, JsonObject] {
  const env = Object.fromEntries(
    Array.from({ length: 8 }, (_, index) => [
      `k:{"name":"SETTING_${index}"}`,
      { '.': {}, 'f:name': {}, 'f:value': {} },
    ]),
  );
  return [`k:{"name":"${name}"}`, { '.': {}, 'f:name': {}, 'f:image': {}, 'f:env': env, 'f:resources': {} }];
}

/** A Deployment of two containers as a server returns it. */
export function liveOf(index: number): Manifest {
  const desired = desiredOf(index);
  const labels = { app: `web-${index}`, team: 'shop' };
  const time = '2026-11-24T10:00:00Z';
  const spec = {
    'f:replicas': {},
    'f:selector': {},
    'f:template': { 'f:spec': { 'f:containers': Object.fromEntries(CONTAINERS.map(ownedContainer)) } },
  };
  return {
    ...desired,
    metadata: {
      ...desired.metadata,
      namespace: 'shop',
      uid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      resourceVersion: String(1_000 + index),
      generation: 1,
      creationTimestamp: time,
      managedFields: [
        {
          manager: 'quarterdeck',
          operation: 'Apply',
          apiVersion: 'apps/v1',
          time,
          fieldsType: 'FieldsV1',
          fieldsV1: { 'f:spec': spec },
        },
        {
          manager: 'kube-controller-manager',
          operation: 'Update',
          apiVersion: 'apps/v1',
          time,
          subresource: 'status',
          fieldsType: 'FieldsV1',
          fieldsV1: { 'f:status': { 'f:replicas': {} } },
        },
      ],
    },
    spec: {
      replicas: 3,
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 10,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      selector: { matchLabels: { app: `web-${index}` } },
      template: {
        metadata: { labels },
        spec: {
          ...podSpec(CONTAINERS.map(filled)),
          volumes: [{ name: 'config', configMap: { name: 'web-config', defaultMode: 420 } }],
          restartPolicy: 'Always',
          dnsPolicy: 'ClusterFirst',
          schedulerName: 'default-scheduler',
          securityContext: {},
          terminationGracePeriodSeconds: 30,
        },
      },
    },
    status: { replicas: 3, readyReplicas: 3, observedGeneration: 1 },
  };
}

/** Objects compared per CPU second, so that other work on the machine does not count: Deployments of two containers as a server returns them, by the real schema. */
export async function measure(): Promise<Row[]> {
  const bundle = loadKubernetesSchema();
  const root = findKindSchema(bundle, { group: 'apps', version: 'v1', kind: 'Deployment' });
  if (root === undefined) throw new Error('the captured schema has no Deployment');
  const schema = { root, definitions: bundle.definitions };
  const pairs = Array.from({ length: OBJECTS }, (_, index) => ({
    desired: normaliseDesired(desiredOf(index), { defaultNamespace: 'shop', namespaced: true }),
    live: liveOf(index),
  }));
  const verdicts = new Set<string>();
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = process.cpuUsage();
    for (const pair of pairs) verdicts.add(compareObject({ ...pair, schema }).verdict);
    const { user, system } = process.cpuUsage(begun);
    rates.push((OBJECTS / (user + system)) * 1_000_000);
  }
  // The first round warms the compiler up.
  const note = `Deployments of 2 containers, ${[...verdicts].join(' and ')}, ${OBJECTS} a round`;
  return [{ ...rowOf('diff: objects a CPU second', rates.slice(1), { unit: '/s', note }), p95: null }];
}
