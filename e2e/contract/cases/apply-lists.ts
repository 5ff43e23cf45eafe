import { expect } from 'vitest';
import { type ApiReply, at, itemsAt, type Json, type JsonMap, textAt } from '../../controlplane/api-client.ts';
import {
  type ContractTopic,
  configMap,
  container,
  created,
  deployment,
  failure,
  fieldsOf,
  ok,
  service,
  type Subject,
} from '../subject.ts';

const CONTAINERS = 'spec.template.spec.containers';

/** A Deployment of 0 replicas with this pod spec, as team-a applies it. */
const whole = (name: string, podSpec: JsonMap) =>
  deployment(name, { replicas: 0, template: { metadata: { labels: { app: name } }, spec: podSpec } });

/** A Deployment that says nothing but this pod spec, as another manager applies it. */
const part = (name: string, podSpec: JsonMap): JsonMap => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: { template: { spec: podSpec } },
});

interface Hand {
  fieldManager: string;
  force?: boolean;
}
const A: Hand = { fieldManager: 'team-a' };
const B: Hand = { fieldManager: 'team-b' };

const put = ({ api, apps }: Subject, body: JsonMap, hand: Hand): Promise<ApiReply> =>
  api.apply(apps('deployments', textAt(body, 'metadata.name')), body, { ...hand });

const named = (object: JsonMap, path: string): Json[] => itemsAt(object, path).map((one) => one['name'] ?? null);

/** What apply does inside lists: by key, as sets, or whole. */
export const applyListTopic: ContractTopic = {
  topic: 'lists',
  cases: [
    {
      name: 'elements are owned by their key',
      async run(subject) {
        const name = subject.unique('keys');
        const stored = created(await put(subject, whole(name, { containers: [container('web')] }), A));
        expect(fieldsOf(stored, 'team-a')).toMatchObject({
          'f:spec': {
            'f:template': {
              'f:spec': {
                'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:image': {}, 'f:name': {} } },
              },
            },
          },
        });
      },
    },
    {
      name: 'another manager adds an element, and the first keeps it there',
      async run(subject) {
        const name = subject.unique('sidecar');
        const mine = whole(name, { containers: [container('web')] });
        created(await put(subject, mine, A));
        const both = ok(await put(subject, part(name, { containers: [container('proxy')] }), B));
        expect(named(both, CONTAINERS)).toEqual(['web', 'proxy']);
        expect(named(ok(await put(subject, mine, A)), CONTAINERS)).toEqual(['web', 'proxy']);
      },
    },
    {
      name: 'an own element left out goes, others stay',
      async run(subject) {
        const name = subject.unique('leaving');
        created(await put(subject, whole(name, { containers: [container('web'), container('log')] }), A));
        ok(await put(subject, part(name, { containers: [container('proxy')] }), B));
        const after = ok(await put(subject, whole(name, { containers: [container('web')] }), A));
        expect(named(after, CONTAINERS)).toEqual(['web', 'proxy']);
      },
    },
    {
      name: 'an element left out stays when another manager owns it too',
      async run(subject) {
        const name = subject.unique('shared');
        created(await put(subject, whole(name, { containers: [container('web'), container('log')] }), A));
        ok(await put(subject, part(name, { containers: [container('log')] }), B));
        const after = ok(await put(subject, whole(name, { containers: [container('web')] }), A));
        expect(named(after, CONTAINERS)).toEqual(['web', 'log']);
      },
    },
    {
      name: 'the order of an apply is taken over',
      async run(subject) {
        const name = subject.unique('order');
        created(await put(subject, whole(name, { containers: [container('a'), container('b')] }), A));
        const after = ok(await put(subject, whole(name, { containers: [container('b'), container('a')] }), A));
        expect(named(after, CONTAINERS)).toEqual(['b', 'a']);
      },
    },
    {
      name: 'fields inside an element belong to different managers',
      async run(subject) {
        const name = subject.unique('inside');
        created(await put(subject, whole(name, { containers: [container('web')] }), A));
        const limits = { memory: '64Mi' };
        const after = ok(await put(subject, part(name, { containers: [{ name: 'web', resources: { limits } }] }), B));
        expect(at(after, `${CONTAINERS}.0`)).toMatchObject({
          image: 'registry.example/web:1.0.0',
          resources: { limits },
        });
        expect(fieldsOf(after, 'team-b')).toEqual({
          'f:spec': {
            'f:template': {
              'f:spec': {
                'f:containers': {
                  'k:{"name":"web"}': { '.': {}, 'f:name': {}, 'f:resources': { 'f:limits': { 'f:memory': {} } } },
                },
              },
            },
          },
        });
      },
    },
    {
      name: 'variables merge by name',
      async run(subject) {
        const name = subject.unique('env');
        const web = (env: JsonMap[]) => ({ containers: [container('web', { env })] });
        created(await put(subject, whole(name, web([{ name: 'A', value: '1' }])), A));
        const after = ok(await put(subject, part(name, web([{ name: 'B', value: '2' }])), B));
        expect(at(after, `${CONTAINERS}.0.env`)).toEqual([
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ]);
      },
    },
    {
      name: 'ports of containers have two keys, and the protocol a default',
      async run(subject) {
        const name = subject.unique('ports');
        const web = (ports: JsonMap[]) => ({ containers: [container('web', { ports })] });
        const stored = created(await put(subject, whole(name, web([{ containerPort: 53 }])), A));
        expect(fieldsOf(stored, 'team-a')).toHaveProperty([
          'f:spec',
          'f:template',
          'f:spec',
          'f:containers',
          'k:{"name":"web"}',
          'f:ports',
          'k:{"containerPort":53,"protocol":"TCP"}',
        ]);
        const after = ok(await put(subject, part(name, web([{ containerPort: 53, protocol: 'UDP' }])), B));
        expect(itemsAt(after, `${CONTAINERS}.0.ports`).map((port) => port['protocol'])).toEqual(['TCP', 'UDP']);
      },
    },
    {
      name: 'ports of Services merge by port and protocol',
      async run({ api, core, unique }) {
        const name = unique('front');
        const path = core('services', name);
        created(await api.apply(path, service(name, [{ name: 'http', port: 80 }]), { ...A }));
        const after = ok(await api.apply(path, service(name, [{ name: 'https', port: 443 }]), { ...B }));
        expect(itemsAt(after, 'spec.ports').map((port) => port['port'])).toEqual([80, 443]);
        const moved = ok(await api.apply(path, service(name, [{ name: 'http', port: 8080 }]), { ...A }));
        expect(itemsAt(moved, 'spec.ports').map((port) => port['port'])).toEqual(expect.arrayContaining([8080, 443]));
        expect(itemsAt(moved, 'spec.ports')).toHaveLength(2);
      },
    },
    {
      name: 'the same key twice in one apply is refused',
      async run(subject) {
        const name = subject.unique('double');
        const reply = await put(subject, whole(name, { containers: [container('web'), container('web')] }), A);
        expect(reply.status).toBeGreaterThanOrEqual(400);
        expect(reply.text).toContain('name=\\"web\\"');
      },
    },
    {
      name: 'lists without a key are owned and replaced whole',
      async run(subject) {
        const name = subject.unique('atomic');
        const web = (args: string[]) => ({ containers: [container('web', { args })] });
        const stored = created(await put(subject, whole(name, web(['one', 'two'])), A));
        expect(fieldsOf(stored, 'team-a')).toHaveProperty(
          ['f:spec', 'f:template', 'f:spec', 'f:containers', 'k:{"name":"web"}', 'f:args'],
          {},
        );
        failure(await put(subject, part(name, { containers: [{ name: 'web', args: ['three'] }] }), B), 409, 'Conflict');
        const forced = { ...B, force: true };
        const after = ok(await put(subject, part(name, { containers: [{ name: 'web', args: ['three'] }] }), forced));
        expect(at(after, `${CONTAINERS}.0.args`)).toEqual(['three']);
      },
    },
    {
      name: 'tolerations are one value',
      async run(subject) {
        const name = subject.unique('atomic');
        const one = (key: string) => ({ containers: [container('web')], tolerations: [{ key, operator: 'Exists' }] });
        created(await put(subject, whole(name, one('a')), A));
        const status = failure(
          await put(subject, part(name, { tolerations: one('b').tolerations }), B),
          409,
          'Conflict',
        );
        expect(at(status, 'details.causes.0.field')).toBe('.spec.template.spec.tolerations');
      },
    },
    {
      name: 'maps marked atomic are one value',
      async run({ api, core, unique }) {
        const name = unique('selected');
        const path = core('services', name);
        const stored = created(await api.apply(path, service(name, [{ port: 80 }]), { ...A }));
        expect(fieldsOf(stored, 'team-a')).toHaveProperty(['f:spec', 'f:selector'], {});
        const body = { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: { tier: 'b' } } };
        failure(await api.apply(path, body, { ...B }), 409, 'Conflict');
        const after = ok(await api.apply(path, body, { ...B, force: true }));
        expect(at(after, 'spec.selector')).toEqual({ tier: 'b' });
      },
    },
    {
      name: 'finalizers are a set: each manager owns its own',
      async run({ api, core, unique }) {
        const name = unique('set');
        const path = core('configmaps', name);
        const finalizers = (...list: string[]) => configMap(name, { metadata: { finalizers: list } });
        const stored = created(await api.apply(path, finalizers('example.org/a'), { ...A }));
        expect(fieldsOf(stored, 'team-a')).toEqual({
          'f:metadata': { 'f:finalizers': { 'v:"example.org/a"': {} } },
        });
        const both = ok(await api.apply(path, finalizers('example.org/b'), { ...B }));
        expect(at(both, 'metadata.finalizers')).toEqual(['example.org/a', 'example.org/b']);
        expect(at(ok(await api.apply(path, configMap(name), { ...A })), 'metadata.finalizers')).toEqual([
          'example.org/b',
        ]);
        ok(await api.apply(path, configMap(name), { ...B }));
      },
    },
    {
      name: 'volumes and their mounts merge by their own keys',
      async run(subject) {
        const name = subject.unique('mounts');
        const spec = (volume: string) => ({
          containers: [container('web', { volumeMounts: [{ name: volume, mountPath: `/${volume}` }] })],
          volumes: [{ name: volume, emptyDir: {} }],
        });
        created(await put(subject, whole(name, spec('cache')), A));
        const after = ok(await put(subject, part(name, spec('temp')), B));
        expect(named(after, 'spec.template.spec.volumes')).toEqual(['cache', 'temp']);
        expect(itemsAt(after, `${CONTAINERS}.0.volumeMounts`).map((mount) => mount['mountPath'])).toEqual([
          '/cache',
          '/temp',
        ]);
      },
    },
    {
      name: 'pull secrets merge by name',
      async run(subject) {
        const name = subject.unique('secrets');
        const spec = (secret: string) => ({ containers: [container('web')], imagePullSecrets: [{ name: secret }] });
        created(await put(subject, whole(name, spec('ours')), A));
        const after = ok(await put(subject, part(name, spec('theirs')), B));
        expect(named(after, 'spec.template.spec.imagePullSecrets')).toEqual(['ours', 'theirs']);
      },
    },
    {
      name: 'an equal amount in other words is no conflict to who owns it',
      async run(subject) {
        const name = subject.unique('amount');
        const web = (memory: string) => ({ containers: [container('web', { resources: { limits: { memory } } })] });
        const before = created(await put(subject, whole(name, web('1024Mi')), A));
        const after = ok(await put(subject, whole(name, web('1Gi')), A));
        expect(at(after, 'metadata.generation')).toBe(at(before, 'metadata.generation'));
        expect(at(after, `${CONTAINERS}.0.resources.limits.memory`)).toBe('1Gi');
      },
    },
  ],
};
