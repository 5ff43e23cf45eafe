import type { JsonObject } from '../../resource/manifest.ts';
import type { SchemaDefinitions, SchemaNode } from '../../schema/types.ts';

const ref = (name: string): SchemaNode => ({ allOf: [{ $ref: `#/components/schemas/${name}` }] });
const text: SchemaNode = { type: 'string' };
const texts: SchemaNode = { type: 'object', additionalProperties: text };
const object = (properties: Record<string, SchemaNode>, rest: SchemaNode = {}): SchemaNode => ({
  type: 'object',
  properties,
  ...rest,
});
const list = (items: SchemaNode, type?: 'atomic' | 'set' | 'map', keys?: string[]): SchemaNode => ({
  type: 'array',
  items,
  ...(type ? { 'x-kubernetes-list-type': type } : {}),
  ...(keys ? { 'x-kubernetes-list-map-keys': keys } : {}),
});
const definitions: SchemaDefinitions = {
  Quantity: { type: 'string', format: 'quantity' },
  IntOrString: { format: 'int-or-string' },
  Container: object({
    name: text,
    image: text,
    args: list(text, 'atomic'),
    ports: list(object({ containerPort: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' }, name: text }), 'map', ['containerPort', 'protocol']),
    env: list(
      object({
        name: text,
        value: text,
        valueFrom: object({
          fieldRef: object({ apiVersion: text, fieldPath: text }, { 'x-kubernetes-map-type': 'atomic' }),
        }),
      }),
      'map',
      ['name'],
    ),
    resources: object({ limits: { type: 'object', additionalProperties: ref('Quantity') } }),
    startedAt: { type: 'string', format: 'date-time' },
    ca: { type: 'string', format: 'byte' },
  }),
  Deployment: object({
    metadata: object({ labels: texts, annotations: texts, finalizers: list(text, 'set') }),
    spec: object({
      replicas: { type: 'integer', default: 1 },
      paused: { type: 'boolean' },
      automount: { type: 'boolean' },
      maxSurge: ref('IntOrString'),
      selector: object({ matchLabels: texts }, { 'x-kubernetes-map-type': 'atomic' }),
      rules: list(
        object({
          verbs: list(text, 'atomic'),
          ports: list(object({ port: { type: 'integer' }, protocol: text })),
          extra: text,
        }),
        'atomic',
      ),
      containers: list(ref('Container'), 'map', ['name']),
      emptyDir: object({ medium: text }),
      free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    }),
  }),
};
export const schema = { root: ref('Deployment'), definitions };

export interface Case {
  desired?: JsonObject;
  live?: JsonObject;
  desiredMeta?: JsonObject;
  liveMeta?: JsonObject;
  apiVersion?: string;
  liveVersion?: string;
  ours?: JsonObject;
  others?: JsonObject;
  unknown?: boolean;
}

export const web = (rest: JsonObject): JsonObject => ({ containers: [{ name: 'web', ...rest }] });

/** name, case, `verdict | path: live → desired` */
export const TABLE: [string, Case, string][] = [
  ['same', { desired: { replicas: 2 }, live: { replicas: 2 } }, 'equal'],
  ['a field of others', { desired: { replicas: 2 }, live: { replicas: 2, paused: true, free: { a: 1 } } }, 'equal'],
  ['a scalar', { desired: { replicas: 2 }, live: { replicas: 3 } }, 'different | spec.replicas: 3 → 2'],
  ['a missing scalar', { desired: { replicas: 2 }, live: {} }, 'different | spec.replicas: undefined → 2'],
  ['null is absent', { desired: { paused: null, selector: null }, live: { replicas: 1 } }, 'equal'],
  ['null asks nothing of live', { desired: { replicas: null }, live: { replicas: 4 } }, 'equal'],
  ['status and server metadata', { desired: {}, live: {}, liveMeta: { uid: 'x', resourceVersion: '1', generation: 4 } }, 'equal'],
  ['type mismatch', { desired: { selector: {}, replicas: 1 }, live: { selector: {}, replicas: { x: 1 } } }, 'different | spec.replicas: {"x":1} → 1'],
  ['list where an object is', { desired: { containers: [{ name: 'a' }] }, live: { containers: {} } }, 'different | spec.containers: {} → [{"name":"a"}]'],
  ['object where a text is', { desired: { emptyDir: { medium: 'x' } }, live: { emptyDir: 'x' } }, 'different | spec.emptyDir: "x" → {"medium":"x"}'],
  // labels and annotations
  [
    'label changed',
    {
      desiredMeta: { labels: { 'app.kubernetes.io/name': 'a' } },
      liveMeta: { labels: { 'app.kubernetes.io/name': 'b', x: 'y' } },
    },
    'different | metadata.labels["app.kubernetes.io/name"]: "b" → "a"',
  ],
  ['all labels gone', { desiredMeta: { labels: { a: '1', b: '2' } } }, 'different | metadata.labels.a: undefined → "1" | metadata.labels.b: undefined → "2"'],
  ['tracking annotation only in live', { liveMeta: { annotations: { 'quarterdeck.dev/tracking-id': 'x' } } }, 'equal'],
  ['empty label value missing', { desiredMeta: { labels: { a: '' } }, liveMeta: { labels: { b: 'c' } } }, 'different | metadata.labels.a: undefined → ""'],
  // quantities and friends
  [
    'quantity by value',
    {
      desired: web({ resources: { limits: { cpu: 1, memory: '1Gi' } } }),
      live: web({ resources: { limits: { cpu: '1000m', memory: '1073741824' } } }),
    },
    'equal',
  ],
  ['quantity differs', { desired: web({ resources: { limits: { cpu: '500m' } } }), live: web({ resources: { limits: { cpu: '1' } } }) }, 'different | spec.containers[name=web].resources.limits.cpu: "1" → "500m"'],
  [
    'quantity without schema',
    {
      unknown: true,
      desired: { resources: { requests: { cpu: '0.5' } } },
      live: { resources: { requests: { cpu: '500m' } } },
    },
    'equal',
  ],
  ['text that looks like a quantity', { desired: web({ image: '1' }), live: web({ image: '1000m' }) }, 'different | spec.containers[name=web].image: "1000m" → "1"'],
  ['int-or-string', { desired: { maxSurge: '80' }, live: { maxSurge: 80 } }, 'equal'],
  ['int is not text elsewhere', { desired: web({ image: '80' }), live: web({ image: 80 }) }, 'different | spec.containers[name=web].image: 80 → "80"'],
  ['time by value', { desired: web({ startedAt: '2026-01-01T00:00:00+00:00' }), live: web({ startedAt: '2026-01-01T00:00:00Z' }) }, 'equal'],
  ['bytes without white space', { desired: web({ ca: 'YWJj\nZGVm\n' }), live: web({ ca: 'YWJjZGVm' }) }, 'equal'],
  ['duration of a known field', { unknown: true, apiVersion: 'cert-manager.io/v1', desired: { duration: '24h' }, live: { duration: '24h0m0s' } }, 'equal'],
  // map lists
  ['order of a map list', { desired: { containers: [{ name: 'a' }, { name: 'b' }] }, live: { containers: [{ name: 'b' }, { name: 'a' }] } }, 'equal'],
  ['an item of others', { desired: web({}), live: { containers: [{ name: 'sidecar' }, { name: 'web', image: 'x' }] } }, 'equal'],
  ['a missing item', { desired: { containers: [{ name: 'web', image: 'x' }] }, live: { containers: [] } }, 'different | spec.containers[name=web]: undefined → {"name":"web","image":"x"}'],
  ['a nested field', { desired: web({ image: 'a:2' }), live: web({ image: 'a:1' }) }, 'different | spec.containers[name=web].image: "a:1" → "a:2"'],
  [
    'key default',
    {
      desired: web({ ports: [{ containerPort: 80 }] }),
      live: web({ ports: [{ containerPort: 80, protocol: 'TCP' }] }),
    },
    'equal',
  ],
  [
    'two keys',
    {
      desired: web({ ports: [{ containerPort: 80, name: 'http' }] }),
      live: web({
        ports: [
          { containerPort: 80, protocol: 'UDP' },
          { containerPort: 80, protocol: 'TCP', name: 'web' },
        ],
      }),
    },
    'different | spec.containers[name=web].ports[containerPort=80,protocol=TCP].name: "web" → "http"',
  ],
  ['shared keys, same', { desired: { containers: [{ name: 'a' }, { name: 'a' }] }, live: { containers: [{ name: 'a' }, { name: 'a' }] } }, 'equal'],
  [
    'shared keys, not same',
    { desired: { containers: [{ name: 'a' }, { name: 'a', image: 'x' }] }, live: { containers: [{ name: 'a' }] } },
    'uncertain | spec.containers: [{"name":"a"}] → [{"name":"a"},{"name":"a","image":"x"}]',
  ],
  // sets
  ['subset of a set', { desiredMeta: { finalizers: ['a/b'] }, liveMeta: { finalizers: ['c/d', 'a/b'] } }, 'equal'],
  ['missing in a set', { desiredMeta: { finalizers: ['a/b'] }, liveMeta: { finalizers: ['c/d'] } }, 'different | metadata.finalizers[=a/b]: undefined → "a/b"'],
  // atomic
  ['atomic scalars', { desired: web({ args: ['a', 'b'] }), live: web({ args: ['b', 'a'] }) }, 'different | spec.containers[name=web].args: ["b","a"] → ["a","b"]'],
  ['atomic list, same', { desired: { rules: [{ verbs: ['get'] }] }, live: { rules: [{ verbs: ['get'] }] } }, 'equal'],
  ['atomic list, field inside', { desired: { rules: [{ verbs: ['get'] }] }, live: { rules: [{ verbs: ['list'] }] } }, 'different | spec.rules[0].verbs: ["list"] → ["get"]'],
  ['atomic list, longer', { desired: { rules: [{ extra: 'a' }] }, live: { rules: [{ extra: 'a' }, { extra: 'b' }] } }, 'different | spec.rules: [{"extra":"a"},{"extra":"b"}] → [{"extra":"a"}]'],
  ['atomic list, known default inside', { desired: { rules: [{ ports: [{ port: 1 }] }] }, live: { rules: [{ ports: [{ port: 1, protocol: 'TCP' }] }] } }, 'equal'],
  ['atomic list, unknown extra inside', { desired: { rules: [{ verbs: ['get'] }] }, live: { rules: [{ verbs: ['get'], extra: 'who knows' }] } }, 'uncertain | spec.rules[0].extra: "who knows" → undefined'],
  ['atomic list, empty extra inside', { desired: { rules: [{ verbs: ['get'] }] }, live: { rules: [{ verbs: ['get'], extra: '' }] } }, 'equal'],
  ['atomic list gone empty', { desired: { rules: [] }, live: { rules: [{ extra: 'x' }] } }, 'different | spec.rules: [{"extra":"x"}] → []'],
  ['atomic map, added member', { desired: { selector: { matchLabels: { a: '1' } } }, live: { selector: { matchLabels: { a: '1', b: '2' } } } }, 'different | spec.selector.matchLabels.b: "2" → undefined'],
  [
    'atomic map, default',
    {
      desired: web({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'x' } } }] }),
      live: web({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'x', apiVersion: 'v1' } } }] }),
    },
    'equal',
  ],
  ['null in an atomic list is a value', { desired: web({ args: [null] }), live: web({ args: ['x'] }) }, 'different | spec.containers[name=web].args: ["x"] → [null]'],
  // empty and zero values
  ['empty list', { desired: { containers: [] }, live: {} }, 'equal'],
  ['zero the server leaves out', { desired: { paused: false }, live: {} }, 'equal'],
  ['zero nobody knows', { desired: { automount: false }, live: {} }, 'uncertain | spec.automount: undefined → false'],
  ['zero we applied and the server dropped', { desired: { automount: false }, live: {}, ours: { 'f:spec': { 'f:automount': {} } } }, 'equal'],
  ['empty object nobody knows', { desired: { emptyDir: {} }, live: {} }, 'uncertain | spec.emptyDir: undefined → {}'],
  ['empty object we applied', { desired: { emptyDir: {} }, live: {}, ours: { 'f:spec': { 'f:emptyDir': {} } } }, 'equal'],
  ['false in a custom resource is a value', { apiVersion: 'example.com/v1', desired: { automount: false }, live: {} }, 'different | spec.automount: undefined → false'],
  // removed in Git
  ['removed, ours', { desired: {}, live: { replicas: 3 }, ours: { 'f:spec': { 'f:replicas': {} } } }, 'uncertain | spec.replicas: 3 → undefined'],
  ['removed, equals the default', { desired: {}, live: { replicas: 1 }, ours: { 'f:spec': { 'f:replicas': {} } } }, 'equal'],
  [
    'removed, shared with others',
    {
      desired: {},
      live: { replicas: 3 },
      ours: { 'f:spec': { 'f:replicas': {} } },
      others: { 'f:spec': { 'f:replicas': {} } },
    },
    'equal',
  ],
  ['removed, never ours', { desired: {}, live: { replicas: 3 }, others: { 'f:spec': { 'f:replicas': {} } } }, 'equal'],
  ['removed label', { liveMeta: { labels: { a: '1', b: '2' } }, ours: { 'f:metadata': { 'f:labels': { 'f:a': {} } } } }, 'different | metadata.labels.a: "1" → undefined'],
  ['null in Git over our value', { desired: { replicas: null }, live: { replicas: 3 }, ours: { 'f:spec': { 'f:replicas': {} } } }, 'uncertain | spec.replicas: 3 → undefined'],
  [
    'removed item',
    {
      desired: web({}),
      live: { containers: [{ name: 'web' }, { name: 'old', image: 'x' }] },
      ours: {
        'f:spec': {
          'f:containers': {
            'k:{"name":"old"}': { '.': {}, 'f:name': {}, 'f:image': {} },
            'k:{"name":"web"}': { '.': {}, 'f:name': {} },
          },
        },
      },
    },
    'different | spec.containers[name=old]: {"name":"old","image":"x"} → undefined',
  ],
  [
    'removed field of an item',
    {
      desired: web({}),
      live: web({ image: 'x' }),
      ours: { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:name': {}, 'f:image': {} } } } },
    },
    'uncertain | spec.containers[name=web].image: "x" → undefined',
  ],
  [
    'removed item of two keys',
    {
      desired: web({ ports: [] }),
      live: web({ ports: [{ containerPort: 80, protocol: 'TCP' }] }),
      ours: {
        'f:spec': {
          'f:containers': {
            'k:{"name":"web"}': {
              'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
            },
          },
        },
      },
    },
    'different | spec.containers[name=web].ports[containerPort=80,protocol=TCP]: {"containerPort":80,"protocol":"TCP"} → undefined',
  ],
  [
    'removed whole list',
    {
      desired: {},
      live: { containers: [{ name: 'a' }, { name: 'b' }] },
      ours: { 'f:spec': { 'f:containers': { 'k:{"name":"a"}': { '.': {}, 'f:name': {} } } } },
    },
    'different | spec.containers[name=a]: {"name":"a"} → undefined',
  ],
  [
    'removed from a set',
    {
      desiredMeta: { finalizers: ['a/b'] },
      liveMeta: { finalizers: ['a/b', 'c/d', 'e/f'] },
      ours: { 'f:metadata': { 'f:finalizers': { 'v:"c/d"': {} } } },
    },
    'different | metadata.finalizers[=c/d]: "c/d" → undefined',
  ],
  ['leaves we own below an object of others', { desired: {}, live: { emptyDir: { medium: 'x' } }, ours: { 'f:spec': { 'f:emptyDir': { 'f:medium': {} } } } }, 'uncertain | spec.emptyDir.medium: "x" → undefined'],
  // unknown kinds and versions
  ['unknown kind, finalizers of others', { unknown: true, desiredMeta: { finalizers: ['a/b'] }, liveMeta: { finalizers: ['c/d', 'a/b'] } }, 'equal'],
  ['unknown kind, owner of others', { unknown: true, desiredMeta: { ownerReferences: [{ uid: '1', name: 'a' }] }, liveMeta: { ownerReferences: [{ uid: '2' }, { uid: '1', name: 'b' }] } }, 'different | metadata.ownerReferences[uid="1"].name: "b" → "a"'],
  ['unknown kind, equal', { unknown: true, desired: { a: [{ name: 'x' }], b: 1 }, live: { a: [{ name: 'x' }], b: 1, c: 2 } }, 'equal'],
  ['unknown kind, scalar', { unknown: true, desired: { b: 1 }, live: { b: 2 } }, 'different | spec.b: 2 → 1'],
  ['unknown kind, type only', { unknown: true, desired: { b: 1 }, live: { b: '1' } }, 'uncertain | spec.b: "1" → 1'],
  ['unknown kind, scalars in a list', { unknown: true, desired: { b: ['x'] }, live: { b: ['x', 'y'] } }, 'different | spec.b: ["x","y"] → ["x"]'],
  [
    'unknown kind, objects by name',
    { unknown: true, desired: { b: [{ name: 'x', v: 1 }] }, live: { b: [{ name: 'y' }, { name: 'x', v: 2 }] } },
    'uncertain | spec.b[name=x].v: 2 → 1 | spec.b[name=y]: {"name":"y"} → undefined',
  ],
  ['unknown kind, objects without names', { unknown: true, desired: { b: [{ v: 1 }] }, live: { b: [{ v: 2 }] } }, 'uncertain | spec.b: [{"v":2}] → [{"v":1}]'],
  ['field outside the schema', { desired: { free: { b: [{ v: 1 }] } }, live: { free: { b: [{ v: 1 }] } } }, 'equal'],
  ['another version of the group', { apiVersion: 'apps/v1', liveVersion: 'apps/v1beta2', desired: { replicas: 1 }, live: { replicas: 1 } }, 'uncertain'],
];
