import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { needsNewObject, type PolicyOptions, type SyncOptions, syncOptionsOf } from './options.ts';

const POLICY: PolicyOptions = {
  pruneLast: false,
  propagation: 'background',
  replace: false,
  validate: true,
  skipDryRunOnMissing: false,
  conflicts: 'force',
  respectIgnored: false,
};
const DEFAULT: SyncOptions = { ...POLICY, prune: 'yes', delete: 'yes', force: false, migrates: true };
const read = (annotations: Record<string, string>, policy: Partial<PolicyOptions> = {}) =>
  syncOptionsOf(
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', annotations } },
    { ...POLICY, ...policy },
  );
const argo = (text: string) => ({ 'argocd.argoproj.io/sync-options': text });
const own = (text: string) => ({ 'quarterdeck.dev/sync-options': text });

describe('syncOptionsOf', () => {
  it.each<[Record<string, string>, Partial<SyncOptions>]>([
    [{}, {}],
    [argo('Prune=false'), { prune: 'no' }],
    [argo('Prune=confirm'), { prune: 'confirm' }],
    [argo('Prune=true'), {}],
    [argo('Delete=false'), { delete: 'no' }],
    [argo('Delete=confirm'), { delete: 'confirm' }],
    [argo('PruneLast=true'), { pruneLast: true }],
    [argo('PrunePropagationPolicy=foreground'), { propagation: 'foreground' }],
    [argo('PrunePropagationPolicy=orphan'), { propagation: 'orphan' }],
    [argo('Replace=true'), { replace: true }],
    [argo('Force=true'), { force: true }],
    [argo('Force=true,Replace=true'), { force: true, replace: true }],
    [argo('Validate=false'), { validate: false }],
    [argo('SkipDryRunOnMissingResource=true'), { skipDryRunOnMissing: true }],
    [argo(' Prune=false , Validate=false '), { prune: 'no', validate: false }],
    [argo('ClientSideApplyMigration=false'), { migrates: false }],
    [own('Conflicts=ask'), { conflicts: 'ask' }],
    [argo('ServerSideApply=true,ApplyOutOfSyncOnly=true'), {}],
    [argo('RespectIgnoreDifferences=true'), { respectIgnored: true }],
    [own('Prune=confirm'), { prune: 'confirm' }],
    [{ ...argo('Prune=false'), ...own('Prune=true') }, {}],
    [{ 'quarterdeck.dev/prune': 'false' }, { prune: 'no' }],
    [{ 'helm.sh/resource-policy': 'keep' }, { prune: 'no', delete: 'no' }],
    [{ 'helm.sh/resource-policy': 'keep', ...argo('Prune=true') }, { delete: 'no' }],
    [{ 'helm.sh/resource-policy': 'other' }, {}],
  ])('%j', (annotations, options) => {
    expect(read(annotations)).toEqual({ options: { ...DEFAULT, ...options }, unknown: [] });
  });

  it.each<[string, string[]]>([
    ['Prune', ['Prune']],
    ['Prune=maybe', ['Prune=maybe']],
    ['prune=false', ['prune=false']],
    ['Force=confirm', ['Force=confirm']],
    ['Conflicts=never', ['Conflicts=never']],
    ['PrunePropagationPolicy=sideways', ['PrunePropagationPolicy=sideways']],
    ['constructor=true, Prune=toString', ['constructor=true', 'Prune=toString']],
    ['Prune=false,Colour=blue', ['Colour=blue']],
  ])('says that nobody knows %j', (text, unknown) => {
    expect(read(argo(text)).unknown).toEqual(unknown);
  });

  it.each<[Partial<PolicyOptions>, Record<string, string>, Partial<SyncOptions>]>([
    [{ replace: true }, {}, { replace: true }],
    [{ replace: true }, argo('Replace=false'), {}],
    [{ validate: false }, argo('Validate=true'), {}],
    [{ propagation: 'foreground' }, {}, { propagation: 'foreground' }],
    [{ propagation: 'foreground' }, own('PrunePropagationPolicy=background'), {}],
    [{ conflicts: 'ask' }, own('Conflicts=force'), {}],
    [{ pruneLast: true, skipDryRunOnMissing: true }, {}, { pruneLast: true, skipDryRunOnMissing: true }],
  ])('the application says %j, the object %j', (policy, annotations, options) => {
    expect(read(annotations, policy).options).toEqual({ ...DEFAULT, ...options });
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { options, unknown } = read(argo(text));
        expect(Object.keys(options).toSorted()).toEqual(Object.keys(DEFAULT).toSorted());
        expect(unknown.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('needsNewObject', () => {
  it.each([
    ['Deployment.apps "web" is invalid: spec.selector: Invalid value: {...}: field is immutable', true],
    ['StatefulSet.apps "db" is invalid: spec: Forbidden: updates to statefulset spec for fields other than …', true],
    ['Job.batch "j" is invalid: spec.template: Invalid value: field is immutable', true],
    ['ConfigMap "c" is invalid: data: Forbidden: field is immutable when `immutable` is set', true],
    ['Service "s" is invalid: spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set', true],
    ['RoleBinding.rbac "r" is invalid: roleRef: Invalid value: cannot be changed', true],
    ['PersistentVolumeClaim "p" is invalid: spec: Forbidden: spec is immutable after creation', true],
    ['Deployment.apps "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0', false],
    ['unknown field "spec.replica"', false],
    ['', false],
  ])('%s', (words, expected) => {
    expect(needsNewObject(words)).toBe(expected);
  });
});
