import { describe, expect, it } from 'vitest';
import type { JsonValue, Manifest } from '../resource/manifest.ts';
import type { Difference } from './difference.ts';
import type { KindSchema } from './field-schema.ts';
import { needsReplace, refusedFields } from './immutable.ts';

const object = (apiVersion: string, kind: string, more: object = {}): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'x' },
  ...more,
});
type Sides = [desired: JsonValue | undefined, live: JsonValue | undefined];
const paths = (object: Manifest, path: string, [desired, live]: Sides = ['b', 'a']): string[] =>
  needsReplace({ live: object, desired: object, differences: [{ path, desired, live }] }).map((one) => one.path);

const DEPLOYMENT = object('apps/v1', 'Deployment');
const SET = object('apps/v1', 'StatefulSet');
const JOB = object('batch/v1', 'Job');
const SLEEPING = object('batch/v1', 'Job', { spec: { suspend: true } });
const CLAIM = object('v1', 'PersistentVolumeClaim');
const SERVICE = object('v1', 'Service');
const BINDING = object('rbac.authorization.k8s.io/v1', 'RoleBinding');

describe('needsReplace', () => {
  it.each<[string, Manifest, string, Sides?]>([
    ['a selector', DEPLOYMENT, 'spec.selector.matchLabels.app'],
    ['a label added to a selector', DEPLOYMENT, 'spec.selector.matchLabels.tier', ['web', undefined]],
    ['the selector of a DaemonSet', object('apps/v1', 'DaemonSet'), 'spec.selector'],
    ['claims of a StatefulSet', SET, 'spec.volumeClaimTemplates[0].spec.resources.requests.storage'],
    ['the service of a StatefulSet', SET, 'spec.serviceName'],
    ['the template of a Job', JOB, 'spec.template.spec.containers[name=c].image'],
    ['where a running Job may go', JOB, 'spec.template.spec.nodeSelector.disk'],
    ['the image of a suspended Job', SLEEPING, 'spec.template.spec.containers[name=c].image'],
    ['the class of a claim', CLAIM, 'spec.storageClassName'],
    ['a claim that shrinks', CLAIM, 'spec.resources.requests.storage', ['1Gi', '2Gi']],
    ['the address of a Service', SERVICE, 'spec.clusterIP', ['10.0.0.9', '10.0.0.1']],
    ['data of a frozen ConfigMap', object('v1', 'ConfigMap', { immutable: true }), 'data.level'],
    ['data of a frozen Secret', object('v1', 'Secret', { immutable: true }), 'data["tls.crt"]'],
    ['the type of a Secret', object('v1', 'Secret'), 'type'],
    ['the role of a binding', BINDING, 'roleRef.name'],
    ['the parameters of a class', object('storage.k8s.io/v1', 'StorageClass'), 'parameters.type'],
    ['a priority', object('scheduling.k8s.io/v1', 'PriorityClass'), 'value', [2, 1]],
    ['the scope of a definition', object('apiextensions.k8s.io/v1', 'CustomResourceDefinition'), 'spec.scope'],
  ])('tells %s', (_name, live, path, sides) => expect(paths(live, path, sides)).toEqual([path]));

  it.each<[string, Manifest, string, Sides?]>([
    ['replicas', DEPLOYMENT, 'spec.replicas'],
    ['the template of a Deployment', DEPLOYMENT, 'spec.template.metadata.labels.app'],
    ['a kind of the same name elsewhere', object('example.com/v1', 'Deployment'), 'spec.selector.app'],
    ['the replicas of a StatefulSet', SET, 'spec.replicas'],
    ['where a suspended Job may go', SLEEPING, 'spec.template.spec.nodeSelector.disk'],
    ['a claim that grows', CLAIM, 'spec.resources.requests.storage', ['2Gi', '1Gi']],
    ['the same size in another writing', CLAIM, 'spec.resources.requests.storage', ['1024Mi', '1Gi']],
    ['an address taken out', SERVICE, 'spec.clusterIP', [undefined, '10.0.0.1']],
    ['an address of what was a name', object('v1', 'Service', { spec: { type: 'ExternalName' } }), 'spec.clusterIP'],
    ['data of a common ConfigMap', object('v1', 'ConfigMap'), 'data.level'],
    ['labels of a frozen ConfigMap', object('v1', 'ConfigMap', { immutable: true }), 'metadata.labels.a'],
    ['subjects of a binding', BINDING, 'subjects[0].name'],
    ['growth of a class', object('storage.k8s.io/v1', 'StorageClass'), 'allowVolumeExpansion', [true, false]],
  ])('leaves %s', (_name, live, path, sides) => expect(paths(live, path, sides)).toEqual([]));

  it('reads the rules of a custom kind, and only those that forbid every change', () => {
    const rule = (text: string) => ({ 'x-kubernetes-validations': [{ rule: text, message: 'm' }] });
    const schema: KindSchema = {
      definitions: {},
      root: {
        type: 'object',
        properties: {
          spec: {
            type: 'object',
            properties: {
              region: { type: 'string', ...rule('self == oldSelf') },
              size: { type: 'integer', ...rule('self >= oldSelf') },
              network: { type: 'object', properties: { cidr: { type: 'string' } }, ...rule('oldSelf == self') },
            },
          },
        },
      },
    };
    const live = object('example.com/v1', 'Database');
    const change = (path: string, now?: string): Difference => ({ path, desired: 'b', live: now });
    const frozen = (...differences: Difference[]) =>
      needsReplace({ live, desired: live, differences, schema }).map((one) => one.path);
    expect(frozen(change('spec.region', 'a'), change('spec.size', 'a'), change('spec.network.cidr'))).toEqual([
      'spec.region',
      'spec.network.cidr',
    ]);
    expect(frozen({ path: 'spec.region', desired: 'b', live: undefined })).toEqual([]);
  });
});

describe('refusedFields', () => {
  it.each<[string, string[]]>([
    [
      'Deployment.apps "web" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"b"}}: field is immutable',
      ['spec.selector'],
    ],
    [
      "StatefulSet.apps \"db\" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'template' are forbidden",
      ['spec'],
    ],
    [
      'PersistentVolumeClaim "c" is invalid: spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
      ['spec.resources.requests.storage'],
    ],
    [
      'Service "web" is invalid: [spec.clusterIPs[0]: Invalid value: ["10.0.0.9"]: may not change once set and is immutable, spec.ports: Required value]',
      ['spec.clusterIPs[0]'],
    ],
    ['Deployment.apps "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0', []],
    ['ConfigMap "a" is invalid: data: Forbidden: field is immutable when `immutable` is set', ['data']],
  ])('reads %s', (words, expected) => expect(refusedFields(words).map(({ path }) => path)).toEqual(expected));
});
