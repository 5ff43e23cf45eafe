import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ManagedFieldsEntry, Manifest } from '../resource/manifest.ts';
import { contestedWords, isOwnClaim, migrationOf, migrationWords } from './migration.ts';

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

describe('who contests a field', () => {
  it.each([
    ['kubectl-client-side-apply', true],
    ['kubectl-client-side-apply" using v1', true],
    ['quarterdeck', true],
    ['autoscaler', false],
  ])('%s: our own %s', (manager, isOwn) => {
    expect(isOwnClaim(manager, migrationOf(object(kubectl)))).toBe(isOwn);
  });

  it('is named behind it', () => {
    const contested = [
      { manager: 'autoscaler', field: '.spec.replicas' },
      { manager: 'kubectl-edit', field: '.data.a' },
    ];
    expect(contestedWords(contested)).toBe('.spec.replicas (autoscaler), .data.a (kubectl-edit)');
  });
});
