import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest, ObjectMeta } from '../resource/manifest.ts';
import type { Difference } from './difference.ts';
import { hideFields, type LeveledRule } from './hidden.ts';
import { describeRule, splitExpired } from './ignore.ts';
import { compareOptionsOf } from './leave-alone.ts';

const object = (kind: string, annotations: ObjectMeta['annotations'] = {}): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'web', ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
});

interface Case {
  group?: string;
  kind?: string;
  annotations?: ObjectMeta['annotations'];
  rules?: LeveledRule[];
}

function hiddenBy(difference: Difference, { group = '', kind = 'ConfigMap', annotations, rules = [] }: Case) {
  const live = object(kind, annotations);
  const key = { group, kind, namespace: 'shop', name: 'web' };
  const found = hideFields({
    key,
    differences: [difference],
    rules,
    managedFields: undefined,
    desired: object(kind),
    live,
  });
  expect(found.kept.length + found.hidden.length).toBe(1);
  return found.hidden[0] ?? null;
}

const FIELD: Difference = { path: 'data.level', desired: '1', live: '2' };
const EXTRA: Difference = { path: '', desired: undefined, live: 'present' };
const MISSING: Difference = { path: '', desired: 'present', live: undefined };
const FLUX = 'kustomize.toolkit.fluxcd.io';
const ARGO = 'argocd.argoproj.io/compare-options';
const OURS = 'quarterdeck.dev/compare-options';

describe('annotations that mean "leave this alone"', () => {
  it.each<[string, string, Difference]>([
    [`${FLUX}/reconcile`, 'disabled', FIELD],
    [`${FLUX}/reconcile`, 'Disabled', MISSING],
    [`${FLUX}/ssa`, 'Ignore', FIELD],
    [`${FLUX}/ssa`, 'ignore', MISSING],
    [`${FLUX}/ssa`, 'IfNotPresent', FIELD],
    [ARGO, 'IgnoreExtraneous', EXTRA],
    [ARGO, 'ServerSideDiff=true, IgnoreExtraneous', EXTRA],
    [OURS, 'IgnoreExtraneous', EXTRA],
    [OURS, 'Ignore', FIELD],
    [OURS, 'IfNotPresent', FIELD],
  ])('%s: %s hides', (name, value, difference) => {
    const found = hiddenBy(difference, { annotations: { [name]: value } });
    expect(found).toMatchObject({ level: 'object', rule: expect.stringContaining(name) });
  });

  it.each<[string, string, Difference]>([
    [`${FLUX}/reconcile`, 'enabled', FIELD],
    [`${FLUX}/ssa`, 'Merge', FIELD],
    [`${FLUX}/ssa`, 'IfNotPresent', MISSING],
    [ARGO, 'IgnoreExtraneous', FIELD],
    [ARGO, 'IgnoreExtraneous', MISSING],
    [ARGO, 'Ignore', FIELD],
    [OURS, 'ignore', FIELD],
  ])('%s: %s does not hide', (name, value, difference) => {
    expect(hiddenBy(difference, { annotations: { [name]: value } })).toBeNull();
  });

  it('reads whether the server is to be asked', () => {
    const ask = (value: string) => compareOptionsOf([object('Pod', { [ARGO]: value })]).serverSideDiff;
    expect([ask('ServerSideDiff=true'), ask('ServerSideDiff=false'), ask('IgnoreExtraneous')]).toEqual([
      true,
      false,
      null,
    ]);
  });
});

describe('fields that controllers own by right', () => {
  const added = (path: string): Difference => ({ path, desired: undefined, live: 'x' });
  const set = (path: string, desired = 'y'): Difference => ({ path, desired, live: 'x' });
  const HOOKS = { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration' };
  const CABUNDLE = 'webhooks[name=a].clientConfig.caBundle';
  const INJECTED = { 'cert-manager.io/inject-ca-from': 'a/b' };
  const JOB = { group: 'batch', kind: 'Job' };
  const REVISION = 'metadata.annotations["deployment.kubernetes.io/revision"]';

  it.each<[string, Difference, Case]>([
    ['a bundle that Git leaves open', set(CABUNDLE, 'Cg=='), HOOKS],
    ['a bundle that is asked for', set(CABUNDLE), { ...HOOKS, annotations: INJECTED }],
    ['the bundle of an API', added('spec.caBundle'), { group: 'apiregistration.k8s.io', kind: 'APIService' }],
    ['a node port', added('spec.ports[port=80,protocol=TCP].nodePort'), { kind: 'Service' }],
    ['an address', added('spec.clusterIP'), { kind: 'Service' }],
    ['the volume of a claim', added('spec.volumeName'), { kind: 'PersistentVolumeClaim' }],
    ['the claim of a volume', added('spec.claimRef.name'), { kind: 'PersistentVolume' }],
    ['tokens of an account', added('secrets'), { kind: 'ServiceAccount' }],
    ['the uid label of a Job', added('spec.template.metadata.labels["batch.kubernetes.io/controller-uid"]'), JOB],
    ['the revision of a Deployment', set(REVISION), { group: 'apps', kind: 'Deployment' }],
    [
      'protection of a claim',
      added('metadata.finalizers[=kubernetes.io/pvc-protection]'),
      { kind: 'PersistentVolumeClaim' },
    ],
  ])('hides %s', (_name, difference, more) => expect(hiddenBy(difference, more)).toMatchObject({ level: 'built-in' }));

  it.each<[string, Difference, Case]>([
    ['a bundle that Git writes', set(CABUNDLE), HOOKS],
    ['a node port that Git asks for', set('spec.ports[port=80,protocol=TCP].nodePort'), { kind: 'Service' }],
    ['an address of another kind', added('spec.clusterIP'), { group: 'example.com', kind: 'Service' }],
    ['replicas', set('spec.replicas'), { group: 'apps', kind: 'Deployment' }],
    ['any other finalizer', added('metadata.finalizers[=example.com/guard]'), { kind: 'PersistentVolumeClaim' }],
  ])('counts %s', (_name, difference, more) => expect(hiddenBy(difference, more)).toBeNull());
});

describe('whatever the rules', () => {
  it('every difference is kept or hidden, once, and none is made up', () => {
    const path = fc.constantFrom('data.a', 'data.b', 'spec.replicas', 'metadata.labels.x', '');
    const rule = fc.record(
      {
        level: fc.constantFrom('application', 'project', 'system'),
        kind: fc.constantFrom('ConfigMap', '*', 'Pod'),
        paths: fc.array(path),
      },
      { requiredKeys: ['level'] },
    );
    fc.assert(
      fc.property(fc.uniqueArray(path), fc.array(rule), (paths, rules: LeveledRule[]) => {
        const differences = paths.map((one): Difference => ({ path: one, desired: 1, live: 2 }));
        const key = { group: '', kind: 'ConfigMap', namespace: 'shop', name: 'web' };
        const { kept, hidden } = hideFields({ key, differences, rules, managedFields: [], desired: null, live: null });
        expect([...kept, ...hidden].map((one) => one.path).toSorted()).toEqual(paths.toSorted());
        if (rules.length === 0) expect(kept).toEqual(differences);
      }),
    );
  });
});

describe('declared rules', () => {
  const rule: LeveledRule = {
    level: 'project',
    kind: 'ConfigMap',
    paths: ['data.level'],
    owner: 'ada',
    reason: 'tuned by hand',
  };

  it('name themselves, their owner and reason, before any annotation', () => {
    const found = hiddenBy(FIELD, { rules: [rule], annotations: { [OURS]: 'Ignore' } });
    expect(found).toEqual({
      path: 'data.level',
      desired: '1',
      live: '2',
      level: 'project',
      rule: 'data.level of ConfigMap',
      owner: 'ada',
      reason: 'tuned by hand',
    });
  });

  it('end at their time, to the millisecond', () => {
    const ending = { ...rule, expiresAt: '2026-01-01T00:00:00.000Z' };
    const at = Date.parse(ending.expiresAt);
    expect(splitExpired([rule, ending], at - 1)).toEqual({ active: [rule, ending], expired: [] });
    expect(splitExpired([rule, ending], at)).toEqual({ active: [rule], expired: [ending] });
  });

  it.each([
    [
      { kind: 'Deployment', group: 'apps', name: 'web-*', paths: ['spec.replicas'] },
      'spec.replicas of apps/Deployment web-*',
    ],
    [{ managers: ['vault-*'] }, 'what vault-* sets of any object'],
    [{ namespace: 'shop', paths: ['data'], managers: ['k9s'] }, 'data where it is what k9s sets of any object shop/'],
    [{ kind: 'Secret' }, 'everything of Secret'],
  ])('are told in words: %o', (one, words) => expect(describeRule(one)).toBe(words));
});
