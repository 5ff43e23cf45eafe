import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ManagedFieldsEntry, Manifest } from '../resource/manifest.ts';
import { migrationOf, migrationWords, withoutPaths } from './migration.ts';

const LAST_APPLIED = { 'f:kubectl.kubernetes.io/last-applied-configuration': {} };
const entry = (manager: string, fieldsV1: ManagedFieldsEntry['fieldsV1'], more: Partial<ManagedFieldsEntry> = {}) => ({
  manager,
  operation: 'Update' as const,
  apiVersion: 'v1',
  ...(fieldsV1 === undefined ? {} : { fieldsV1 }),
  ...more,
});
const object = (...managedFields: ManagedFieldsEntry[]): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', managedFields },
});
const kubectl = entry('kubectl-client-side-apply', {
  'f:data': { '.': {}, 'f:a': {}, 'f:b': {} },
  'f:metadata': { 'f:annotations': { '.': {}, ...LAST_APPLIED } },
});

describe('what applied from the client’s side', () => {
  it.each<[string, ManagedFieldsEntry, boolean]>([
    ['kubectl apply', kubectl, true],
    ['kubectl of old, with no copy of what it applied', entry('kubectl-client-side-apply', { 'f:data': {} }), true],
    ['Argo CD', entry('argocd-controller', { 'f:metadata': { 'f:annotations': LAST_APPLIED } }), true],
    ['kubectl edit', entry('kubectl-edit', { 'f:data': { 'f:a': {} } }), false],
    ['a controller’s status', { ...kubectl, subresource: 'status' }, false],
    ['a server-side apply', { ...kubectl, operation: 'Apply' }, false],
  ])('%s', (_name, one, isTaken) => {
    expect(migrationOf(object(one)) !== null).toBe(isTaken);
  });
});

describe('the migration', () => {
  it('gives its fields to us, and leaves everybody else', () => {
    const other = entry('kubectl-edit', { 'f:data': { 'f:z': {} } });
    const ours = entry('quarterdeck', { 'f:data': { 'f:c': {} } }, { operation: 'Apply' });
    const migration = migrationOf(object(other, kubectl, ours));
    expect(migration?.managedFields).toMatchObject([
      {
        manager: 'quarterdeck',
        operation: 'Apply',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': { '.': {}, 'f:a': {}, 'f:b': {}, 'f:c': {} } },
      },
      other,
    ]);
    expect(migration && migrationWords(migration)).toBe('takes over 2 fields from kubectl-client-side-apply');
  });

  it('is done once', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });
    fc.assert(
      fc.property(names, names, (theirs, ours) => {
        const fields = (list: string[]) => ({ 'f:data': Object.fromEntries(list.map((name) => [`f:${name}`, {}])) });
        const migration = migrationOf(
          object(
            entry('kubectl-client-side-apply', fields(theirs)),
            entry('quarterdeck', fields(ours), { operation: 'Apply' }),
          ),
        );
        const [merged] = migration?.managedFields ?? [];
        expect(Object.keys(merged?.fieldsV1?.['f:data'] ?? {}).toSorted()).toEqual(
          [...new Set([...theirs, ...ours].map((name) => `f:${name}`))].toSorted(),
        );
        expect(migrationOf(object(...(migration?.managedFields ?? [])))).toBeNull();
      }),
    );
  });
});

describe('an object without some paths', () => {
  const spec = { list: [{ name: 'a' }, { name: 'b' }, { name: 'c' }], set: ['p', 'q'], hostname: 'h' };
  const manifest: Manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', labels: { x: '1', y: '2' } },
    spec,
  };
  it.each<[string[], object]>([
    [['spec.hostname'], { hostname: undefined }],
    [['spec.list[name="a"]', 'spec.list[name="c"]'], { list: [{ name: 'b' }] }],
    [['spec.list[0]', 'spec.list[1]'], { list: [{ name: 'c' }] }],
    [['spec.set[="q"]'], { set: ['p'] }],
    [['spec.none.at.all', 'nonsense['], {}],
  ])('%j', (paths, change) => {
    expect(withoutPaths(manifest, paths)['spec']).toEqual({ ...spec, ...change });
  });
});
