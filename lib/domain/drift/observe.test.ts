import { describe, expect, it } from 'vitest';
import type { ManagedFieldsEntry } from '../resource/manifest.ts';
import { observeDrift, type ObserveInput } from './observe.ts';

const key = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' };
const managedFields: ManagedFieldsEntry[] = [
  {
    manager: 'quarterdeck',
    operation: 'Apply',
    time: '2026-11-01T09:00:00Z',
    fieldsV1: { 'f:spec': { 'f:replicas': {}, 'f:paused': {} } },
  },
  {
    manager: 'kubectl',
    operation: 'Update',
    time: '2026-11-01T10:00:00Z',
    subresource: 'scale',
    fieldsV1: { 'f:spec': { 'f:replicas': {} } },
  },
  {
    manager: 'horizontal-pod-autoscaler',
    operation: 'Update',
    time: '2026-11-01T08:00:00Z',
    fieldsV1: { 'f:spec': { 'f:extra': {} } },
  },
];
const hash = (text: string): string => `#${text.length}`;
const observe = (change: Partial<ObserveInput>): ReturnType<typeof observeDrift> =>
  observeDrift({ key, classification: { kind: 'changed', drift: [] }, managedFields, hash, ...change });

describe('observeDrift', () => {
  it.each<[string, { desired?: number; live?: number }, string, string, string, boolean]>([
    ['spec.replicas', { desired: 2, live: 5 }, 'changed', 'kubectl', 'person', true],
    ['spec.extra', { live: 1 }, 'added', 'horizontal-pod-autoscaler', 'controller', true],
    ['spec.paused', { desired: 1 }, 'changed', 'quarterdeck', 'agent', true],
    ['spec.removed', { desired: 1 }, 'changed', 'kubectl', 'person', false],
  ])('%s', (path, sides, kind, manager, culprit, certain) => {
    const [drift] = observe({
      classification: { kind: 'changed', drift: [{ path, desired: sides.desired, live: sides.live }] },
    });
    expect(drift).toMatchObject({
      objectKey: 'apps/Deployment/shop/web',
      path,
      kind,
      culprit: { manager, class: culprit, certain },
    });
    expect(drift?.fingerprint).toMatch(/^#\d+$/);
  });

  it('a missing object has no culprit', () => {
    const drift = [{ path: '', desired: 'present', live: undefined }];
    expect(observe({ classification: { kind: 'missing', drift }, managedFields: undefined })).toMatchObject([
      { kind: 'missing', culprit: null },
    ]);
  });

  it('an extra object is the newest writer’s', () => {
    const drift = [{ path: '', desired: undefined, live: 'present' }];
    expect(observe({ classification: { kind: 'extra', drift } })).toMatchObject([
      { kind: 'extra', culprit: { manager: 'kubectl' } },
    ]);
  });

  it('no drift, no record', () => expect(observe({})).toEqual([]));
});
