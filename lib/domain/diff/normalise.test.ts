import { describe, expect, it } from 'vitest';
import type { Manifest } from '../resource/manifest.ts';
import { TRACKING_ANNOTATION } from '../resource/tracking.ts';
import { LAST_APPLIED_ANNOTATION } from './mask.ts';
import { normaliseDesired, normaliseLive } from './normalise.ts';

const live = (metadata: Record<string, unknown>, rest: Record<string, unknown> = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'shop', ...metadata },
  ...rest,
});

describe('normaliseLive', () => {
  it('drops what only the server writes', () => {
    const manifest = live(
      {
        uid: 'u',
        resourceVersion: '5',
        generation: 2,
        creationTimestamp: '2026-01-01T00:00:00Z',
        selfLink: '/x',
        deletionTimestamp: '2026-01-01T00:00:00Z',
        deletionGracePeriodSeconds: 30,
        managedFields: [],
        labels: { app: 'a' },
        annotations: { [TRACKING_ANNOTATION]: 'x', [LAST_APPLIED_ANNOTATION]: '{}', keep: 'me' },
        finalizers: ['x/y'],
      },
      { data: { k: 'v' }, status: { phase: 'x' } },
    );
    expect(normaliseLive(manifest)).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'a',
        namespace: 'shop',
        labels: { app: 'a' },
        annotations: { keep: 'me' },
        finalizers: ['x/y'],
      },
      data: { k: 'v' },
    });
  });

  it('drops maps that are or become empty, and does not touch its input', () => {
    const manifest = live({ labels: {}, annotations: { [TRACKING_ANNOTATION]: 'x' }, finalizers: [] });
    const before = structuredClone(manifest);
    expect(normaliseLive(manifest).metadata).toEqual({ name: 'a', namespace: 'shop' });
    expect(manifest).toEqual(before);
  });

  it('is idempotent', () => {
    const once = normaliseLive(live({ uid: 'u', annotations: { a: 'b' } }, { status: {} }));
    expect(normaliseLive(once)).toEqual(once);
  });
});

describe('normaliseDesired', () => {
  it.each<[string, string | undefined, boolean, string | undefined]>([
    ['takes the application namespace', undefined, true, 'home'],
    ['takes it for an empty one', '', true, 'home'],
    ['keeps a written one', 'other', true, 'other'],
    ['removes it where the kind has none', 'other', false, undefined],
  ])('%s', (_name, namespace, namespaced, expected) => {
    const manifest: Manifest = {
      apiVersion: 'v1',
      kind: 'X',
      metadata: { name: 'a', ...(namespace === undefined ? {} : { namespace }) },
    };
    expect(normaliseDesired(manifest, { defaultNamespace: 'home', namespaced }).metadata.namespace).toBe(expected);
  });

  it.each<[string, Record<string, unknown>, boolean]>([
    ['null rules', { rules: null }, false],
    ['no rules', { rules: [] }, false],
    ['rules', { rules: [{ verbs: ['get'] }] }, true],
    ['aggregated rules', { rules: [{ verbs: ['get'] }], aggregationRule: { clusterRoleSelectors: [] } }, false],
  ])('role with %s', (_name, rest, kept) => {
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'r' }, ...rest };
    expect('rules' in normaliseLive(role)).toBe(kept);
  });

  it('folds stringData as the server does', () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      data: { a: 'b25l' },
      stringData: { b: 'zwei ü' },
    };
    expect(normaliseDesired(secret, { defaultNamespace: 'n', namespaced: true })).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', namespace: 'n' },
      data: { a: 'b25l', b: Buffer.from('zwei ü').toString('base64') },
    });
  });
});
