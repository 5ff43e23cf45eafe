import { describe, expect, it } from 'vitest';
import type { JsonObject, ManagedFieldsEntry } from '../resource/manifest.ts';
import { attribute, isAsApplied, managersOf, ownedFields } from './managed-fields.ts';

const entry = (manager: string, fieldsV1: JsonObject, rest: Partial<ManagedFieldsEntry> = {}): ManagedFieldsEntry => ({
  manager,
  operation: 'Update',
  time: '2026-11-01T10:00:00Z',
  fieldsType: 'FieldsV1',
  fieldsV1,
  ...rest,
});

const ours = entry(
  'quarterdeck',
  {
    'f:metadata': { 'f:labels': { 'f:app': {} } },
    'f:spec': {
      'f:replicas': {},
      'f:selector': {},
      'f:template': {
        'f:spec': {
          'f:containers': {
            'k:{"name":"web"}': {
              '.': {},
              'f:name': {},
              'f:image': {},
              'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
            },
          },
        },
      },
    },
  },
  { operation: 'Apply', time: '2026-11-01T09:00:00Z' },
);
const edit = entry(
  'kubectl-edit',
  { 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { 'f:image': {} } } } } } },
  { time: '2026-11-01T11:00:00Z' },
);
const scale = entry(
  'kubectl',
  { 'f:spec': { 'f:replicas': {} } },
  { subresource: 'scale', time: '2026-11-01T12:00:00Z' },
);
const status = entry(
  'kube-controller-manager',
  { 'f:status': { 'f:replicas': {} } },
  { subresource: 'status', time: '2026-11-01T13:00:00Z' },
);
const secret = entry('vault', {
  'f:data': { '.': {}, 'f:tls.crt': {} },
  'f:metadata': { 'f:finalizers': { 'v:"a/b"': {} } },
});
const all = [ours, edit, scale, status, secret];

describe('isAsApplied', () => {
  it.each<[string, ManagedFieldsEntry[] | undefined, boolean]>([
    ['metadata.labels.app', all, true],
    ['spec.selector.matchLabels.app', all, true],
    ['spec.template.spec.containers[name=web].name', all, true],
    ['spec.replicas', all, false],
    ['spec.replicas', [ours, status], true],
    ['spec.replicas', [{ ...ours, operation: 'Update' }], false],
    ['spec.template.spec.containers[name=web].image', all, false],
    ['spec.template.spec.containers[name=web]', [ours], false],
    ['spec.template.spec.containers[name=web].args', [ours], false],
    ['metadata.labels', [ours], false],
    ['data["tls.crt"]', all, false],
    ['', all, false],
    ['spec.replicas', undefined, false],
  ])('%s', (path, entries, expected) => expect(isAsApplied(path, entries)).toBe(expected));
});

describe('managersOf', () => {
  it.each<[string, string[]]>([
    ['spec.replicas', ['kubectl', 'quarterdeck']],
    ['spec.template.spec.containers[name=web].image', ['kubectl-edit', 'quarterdeck']],
    ['spec.template.spec.containers[name=web].ports[containerPort=80,protocol=TCP]', ['quarterdeck']],
    ['spec.template.spec.containers[name=web].ports[containerPort=80]', ['quarterdeck']],
    ['spec.template.spec.containers[name=sidecar].image', []],
    ['spec.selector.matchLabels.app', ['quarterdeck']],
    ['data["tls.crt"]', ['vault']],
    ['data.other', []],
    ['metadata.finalizers[="a/b"]', ['vault']],
    ['metadata.labels', ['quarterdeck']],
    ['not a path', []],
  ])('%s → %j', (path, managers) => expect(managersOf(path, all).map(({ manager }) => manager)).toEqual(managers));

  it('tells operation, time and subresource', () => {
    expect(managersOf('spec.replicas', all)[0]).toEqual({
      manager: 'kubectl',
      operation: 'Update',
      time: '2026-11-01T12:00:00Z',
      subresource: 'scale',
    });
    expect(managersOf('spec.replicas', undefined)).toEqual([]);
  });

  it('survives entries without fields and keys that are no JSON', () => {
    const odd = [
      entry('a', { 'f:spec': { 'f:list': { 'k:oops': {} } } }),
      { manager: 'b', operation: 'Update' as const },
    ];
    expect(managersOf('spec.list[name=x].y', odd)).toEqual([]);
  });
});

describe('attribute', () => {
  it.each<[string, ManagedFieldsEntry[], string | undefined, boolean | undefined]>([
    ['spec.replicas', all, 'kubectl', true],
    ['metadata.labels.app', all, 'quarterdeck', true],
    ['metadata.labels.gone', all, 'kubectl', false],
    ['metadata.labels.gone', [ours, edit], 'kubectl-edit', false],
    ['metadata.labels.gone', [ours, status], undefined, undefined],
    ['metadata.labels.gone', [ours, { ...edit, time: '2026-10-01T00:00:00Z' }], undefined, undefined],
    ['metadata.labels.gone', [edit], 'kubectl-edit', false],
    ['spec.replicas', [], undefined, undefined],
  ])('%s', (path, entries, manager, certain) => {
    const found = attribute(path, entries);
    expect(found?.manager).toBe(manager);
    expect(found?.certain).toBe(certain);
  });
});

describe('ownedFields', () => {
  it('is what we applied less what others own too', () => {
    const owned = ownedFields(all);
    expect(owned?.['f:spec']).toEqual({
      'f:selector': {},
      'f:template': {
        'f:spec': {
          'f:containers': {
            'k:{"name":"web"}': {
              '.': {},
              'f:name': {},
              'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
            },
          },
        },
      },
    });
  });
  it('is nothing when we never applied', () => {
    expect(ownedFields([edit, scale])).toBeUndefined();
    expect(ownedFields(undefined)).toBeUndefined();
    expect(ownedFields([{ ...ours, subresource: 'status' }])).toBeUndefined();
  });
});
