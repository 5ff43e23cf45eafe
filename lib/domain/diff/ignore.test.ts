import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ManagedFieldsEntry, Manifest } from '../resource/manifest.ts';
import { matchesGlob } from './glob.ts';
import { applyIgnoreRules, checkIgnorePath, type IgnoreRule } from './ignore.ts';

const key = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web-blue' };
const IMAGE = 'spec.template.spec.containers[name=web].image';
const NOTE = 'metadata.annotations["example.com/note"]';
const paths = ['spec.replicas', IMAGE, NOTE, 'spec.rules[1].verbs', 'metadata.finalizers[=a/b]'];
const differences = paths.map((path) => ({ path, desired: 1, live: 2 }));
const live: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web-blue' },
  spec: { template: { spec: { containers: [{ name: 'sidecar' }, { name: 'web' }] } } },
};
const managedFields: ManagedFieldsEntry[] = [
  { manager: 'kube-controller-manager', operation: 'Update', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
];

const ignoredBy = (rule: IgnoreRule): string[] =>
  applyIgnoreRules({ key, differences, rules: [rule], managedFields, manifests: [null, live] }).ignored.map(
    ({ difference }) => difference.path,
  );

describe('applyIgnoreRules', () => {
  it.each<[string, IgnoreRule, string[]]>([
    ['everything of a kind', { kind: 'Deployment' }, paths],
    ['another kind', { kind: 'Service' }, []],
    ['a name with *', { name: 'web-*', paths: ['spec.replicas'] }, ['spec.replicas']],
    ['another namespace', { namespace: 'other' }, []],
    ['another group', { group: '' }, []],
    ['a path', { paths: ['spec.replicas'] }, ['spec.replicas']],
    ['a pointer', { paths: ['/spec/replicas'] }, ['spec.replicas']],
    ['everything below a path', { paths: ['spec.template'] }, [IMAGE]],
    ['nothing above a path', { paths: ['spec.replicas.deeper'] }, []],
    ['any item', { paths: ['spec.template.spec.containers[*].image'] }, [IMAGE]],
    ['one item', { paths: ['spec.template.spec.containers[name=web].image'] }, [IMAGE]],
    ['another item', { paths: ['spec.template.spec.containers[name=sidecar].image'] }, []],
    ['a pointer to the item by position', { paths: ['/spec/template/spec/containers/1/image'] }, [IMAGE]],
    ['a pointer to another position', { paths: ['/spec/template/spec/containers/0/image'] }, []],
    ['a position in a replaced list', { paths: ['/spec/rules/1'] }, ['spec.rules[1].verbs']],
    ['annotations by *', { paths: ['metadata.annotations["example.com/*"]'] }, [NOTE]],
    ['a pointer with an escaped name', { paths: ['/metadata/annotations/example.com~1note'] }, [NOTE]],
    ['a value of a set', { paths: ['metadata.finalizers[=a/b]'] }, ['metadata.finalizers[=a/b]']],
    ['a manager', { managers: ['kube-*'] }, ['spec.replicas']],
    ['a manager and another path', { managers: ['kube-*'], paths: ['metadata.annotations'] }, []],
    ['an unreadable path', { paths: ['[[['] }, []],
    ['no path at all', { paths: [] }, []],
  ])('%s', (_name, rule, expected) => expect(ignoredBy(rule)).toEqual(expected));

  it('names the first rule that matches and keeps the rest in order', () => {
    const rules: IgnoreRule[] = [{ kind: 'Service' }, { paths: ['spec.replicas'] }, { paths: ['spec'] }];
    const { kept, ignored } = applyIgnoreRules({ key, differences, rules });
    expect(ignored.map(({ rule }) => rules.indexOf(rule))).toEqual([1, 2, 2]);
    expect(kept.map(({ path }) => path)).toEqual([NOTE, 'metadata.finalizers[=a/b]']);
    expect(applyIgnoreRules({ key, differences, rules: [] }).kept).toEqual(differences);
  });
});

describe('checkIgnorePath', () => {
  it.each(['/spec/replicas', 'spec.a[*].b', 'metadata.annotations["a/*"]'])('takes %s', (path) =>
    expect(checkIgnorePath(path)).toBeNull(),
  );
  it.each(['', 'spec..a', 'a['])('refuses %j', (path) =>
    expect(checkIgnorePath(path)).toContain('neither a JSON pointer'),
  );
});

describe('matchesGlob', () => {
  it('agrees with the regular expression of the same meaning', () => {
    const part = fc.stringMatching(/^[ab*]{0,8}$/);
    fc.assert(
      fc.property(part, fc.stringMatching(/^[ab]{0,10}$/), (pattern, text) => {
        expect(matchesGlob(pattern, text)).toBe(new RegExp(`^${pattern.replace(/\*+/g, '.*')}$`).test(text));
      }),
      { numRuns: 1000 },
    );
  });
});
