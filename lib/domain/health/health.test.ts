import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, Manifest } from '../resource/manifest.ts';
import { aggregateHealth, countHealth, worstStatus } from './aggregate.ts';
import { assessHealth, missingHealth } from './assess.ts';
import { ATTENTION_REASONS, type AttentionInput, attentionOf } from './attention.ts';
import { causeFingerprint, explainHealth } from './explain.ts';
import { HEALTH_STATUSES, type HealthStatus } from './status.ts';

const custom = (status: JsonObject | null, metadata: JsonObject = {}): Manifest => ({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name: 'w', ...metadata },
  ...(status === null ? {} : { status }),
});
const condition = (type: string, status: string, reason = '', message = ''): JsonObject => ({
  conditions: [{ type, status, reason, message }],
});

describe('assessHealth of kinds without a rule', () => {
  it.each<[string, Manifest, HealthStatus, string]>([
    ['plain configuration', custom(null), 'Healthy', ''],
    ['no conditions', custom({}), 'Healthy', ''],
    ['ready', custom(condition('Ready', 'True')), 'Healthy', ''],
    ['not ready', custom(condition('Ready', 'False', 'AuthFailed', 'login refused')), 'Degraded', 'login refused'],
    ['not ready yet', custom(condition('Ready', 'False', 'Progressing', 'issuing')), 'Progressing', 'issuing'],
    ['ready unknown', custom(condition('Ready', 'Unknown')), 'Progressing', 'Not ready yet'],
    ['available', custom(condition('Available', 'False', 'Broken')), 'Degraded', 'Broken'],
    [
      'stalled',
      custom({
        conditions: [
          { type: 'Ready', status: 'True' },
          { type: 'Stalled', status: 'True', message: 'no source' },
        ],
      }),
      'Degraded',
      'no source',
    ],
    [
      'stale',
      custom({ observedGeneration: 1, ...condition('Ready', 'True') }, { generation: 2 }),
      'Progressing',
      'Waiting for the controller to see the newest spec',
    ],
    ['generation not tracked', custom(condition('Ready', 'True'), { generation: 2 }), 'Healthy', ''],
    ['unrelated condition', custom(condition('Reconciled', 'False')), 'Healthy', ''],
    ['being deleted', custom({}, { deletionTimestamp: 'x' }), 'Terminating', 'Being deleted'],
    [
      'held',
      custom({}, { deletionTimestamp: 'x', finalizers: ['a/b', 'c/d'] }),
      'Terminating',
      'Being deleted, held by finalizers a/b, c/d',
    ],
    ['a kind of another group', { apiVersion: 'example.com/v1', kind: 'Pod', metadata: { name: 'p' } }, 'Healthy', ''],
    [
      'a kind named like a prototype member',
      { apiVersion: 'x/v1', kind: 'constructor', metadata: { name: 'p' } },
      'Healthy',
      '',
    ],
  ])('%s', (_name, manifest, status, message) => expect(assessHealth(manifest)).toEqual({ status, message }));
});

const of = (
  kind: string,
  name: string,
  status: HealthStatus,
  message = '',
): {
  key: { group: string; kind: string; namespace: string; name: string };
  health: { status: HealthStatus; message: string };
} => ({
  key: { group: '', kind, namespace: 'shop', name },
  health: { status, message },
});

describe('aggregateHealth', () => {
  it.each<[string, ReturnType<typeof of>[], HealthStatus, string]>([
    ['nothing', [], 'Healthy', 'Nothing is declared'],
    ['all well', [of('A', 'a', 'Healthy'), of('B', 'b', 'Healthy')], 'Healthy', ''],
    [
      'the worst leads',
      [of('A', 'a', 'Progressing', 'x'), of('B', 'b', 'Degraded', 'y'), of('C', 'c', 'Missing', 'z')],
      'Degraded',
      'B b: y',
    ],
    [
      'the first by key among equals',
      [of('B', 'b', 'Degraded', 'y'), of('A', 'z', 'Degraded', 'x')],
      'Degraded',
      'A z: x',
    ],
    [
      'one missing',
      [of('A', 'a', 'Healthy'), of('B', 'b', 'Missing', 'Not in the cluster')],
      'Missing',
      'B b: Not in the cluster',
    ],
    ['all missing', [of('A', 'a', 'Missing'), of('B', 'b', 'Missing')], 'Missing', 'Nothing of it is in the cluster'],
    ['without words', [of('A', 'a', 'Unknown')], 'Unknown', 'A a'],
  ])('%s', (_name, objects, status, message) =>
    expect(aggregateHealth(objects, { deployed: true, homeNamespace: 'shop' })).toMatchObject({ status, message }),
  );

  it('tells a never-deployed application from a vanished one', () => {
    expect(aggregateHealth([of('A', 'a', 'Missing')], { deployed: false }).message).toBe('Not deployed yet');
    expect(missingHealth()).toEqual({ status: 'Missing', message: 'Not in the cluster' });
  });

  it('does not depend on the order, and counts all', () => {
    const object = fc
      .tuple(fc.constantFrom('A', 'B'), fc.constantFrom('x', 'y', 'z'), fc.constantFrom(...HEALTH_STATUSES))
      .map(([kind, name, status]) => of(kind, name, status, status));
    fc.assert(
      fc.property(fc.array(object, { maxLength: 8 }), (objects) => {
        const aggregate = aggregateHealth(objects);
        expect(aggregateHealth(objects.toReversed())).toEqual(aggregate);
        expect(Object.values(countHealth(objects)).reduce((a, b) => a + b, 0)).toBe(objects.length);
        expect(aggregate.status).toBe(worstStatus(objects.map(({ health }) => health.status)));
      }),
    );
  });
});

const pod = (name: string, image: string, reason: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  status: {
    phase: 'Pending',
    containerStatuses: [{ name: 'web', image, state: { waiting: { reason, message: 'not found' } } }],
  },
});
const deployment = (updated: number): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', generation: 1 },
  spec: { replicas: 2 },
  status: { observedGeneration: 1, replicas: 2, updatedReplicas: updated, availableReplicas: 2 },
});

describe('explainHealth', () => {
  it('has nothing to explain when the owner is well', () =>
    expect(explainHealth(deployment(2), [pod('a', 'web:1', 'ImagePullBackOff')])).toBeNull());

  it('names what most children suffer from', () => {
    const pods = [
      pod('a-odd', 'web:9', 'ImagePullBackOff'),
      pod('b', 'web:2', 'ImagePullBackOff'),
      pod('c', 'web:2', 'ErrImagePull'),
    ];
    expect(explainHealth(deployment(1), pods)).toEqual({
      message: '1 of 2 replicas updated. Image cannot be pulled: web:2 not found',
      cause: 'Image cannot be pulled: web:2 not found',
      fingerprint: 'Image cannot be pulled: web:2 not found',
      source: 'b',
    });
  });

  const replicaSet = (available: number): Manifest => ({
    ...deployment(2),
    kind: 'ReplicaSet',
    metadata: { name: 'web-6c8b9f7d54', generation: 1 },
    status: { observedGeneration: 1, replicas: 2, availableReplicas: available },
  });
  const unavailable = (available: number): Manifest => ({
    ...deployment(2),
    status: { observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: available },
  });
  it.each<[string, Manifest, Manifest[], string]>([
    ['the same words', unavailable(0), [replicaSet(0)], '0 of 2 replicas available'],
    ['other numbers', unavailable(1), [replicaSet(0)], '1 of 2 replicas available. 0 of 2 replicas available'],
    [
      'words of its own',
      unavailable(0),
      [pod('b', 'web:2', 'ErrImagePull')],
      '0 of 2 replicas available. Image cannot be pulled: web:2 not found',
    ],
    [
      'one sentence of two',
      custom(condition('Ready', 'False', 'Broken', 'No route. Login refused.')),
      [custom(condition('Ready', 'False', 'Broken', 'Login refused'))],
      'No route. Login refused',
    ],
  ])('says once what a child repeats: %s', (_, owner, children, message) =>
    expect(explainHealth(owner, children)?.message).toBe(message),
  );

  it('falls back to the owner when the children say nothing', () => {
    expect(explainHealth(deployment(1), [pod('a', 'web:1', 'ContainerCreating')])).toMatchObject({
      cause: '1 of 2 replicas updated',
      source: null,
      fingerprint: '<count> replicas updated',
    });
  });
});

describe('causeFingerprint', () => {
  it.each([
    ['dial tcp 10.1.2.3:443: refused', 'dial tcp 10.9.8.7:6443: refused'],
    ['pod web-7d9c5b6f8d-x2x4z is gone', 'pod web-6c8b9f7d54-k8s2m is gone'],
    ['uid 0a1b2c3d-0000-1111-2222-333344445555', 'uid ffffffff-0000-1111-2222-333344445555'],
    ['0/3 nodes are available', '0/17 nodes are available'],
    ['2 of 5 replicas updated', '1 of 3 replicas updated'],
    ['run of 2026-01-02T03:00:00Z failed', 'run of 2026-05-02T03:00:00.123+02:00 failed'],
    ['back-off 5m0s restarting', 'back-off 10s restarting'],
    [
      'Container web keeps crashing (exit code 1), last words: pid 17 gave up',
      'Container web keeps crashing (exit code 1), last words: pid 21 gave up',
    ],
    ['to [2001:db8:0:1:2:3:4:5]:443', 'to [2001:db8:0:9:2:3:4:6]:80'],
    [
      "unable to access 'https://git.example/shop.git/': Failed to connect to git.example port 443 after 3 ms",
      "unable to access 'https://git.example/team/web.git/': Failed to connect to git.example port 443 after 12 ms",
    ],
  ])('%s is the cause of %s', (a, b) => expect(causeFingerprint(a)).toBe(causeFingerprint(b)));
  it.each([
    ['Image cannot be pulled: web:2.1 not found', 'Image cannot be pulled: web:2.2 not found'],
    ['Container web keeps crashing (exit code 1)', 'Container web keeps crashing (exit code 2)'],
    [
      "unable to access 'https://git.example/shop.git/': Failed to connect",
      "unable to access 'https://git.example.org/shop.git/': Failed to connect",
    ],
    [
      "unable to access 'https://git.example/shop.git/': The requested URL returned error: 403",
      "unable to access 'https://git.example/web.git/': The requested URL returned error: 403",
    ],
  ])('%s is not %s', (a, b) => expect(causeFingerprint(a)).not.toBe(causeFingerprint(b)));
});

describe('attentionOf', () => {
  const NOW = 10_000_000;
  const calm: AttentionInput = {
    sync: 'Synced',
    health: 'Healthy',
    healthMessage: '',
    healthSince: 0,
    lastOperation: null,
    openDrifts: 0,
    protected: false,
    automaticSync: true,
    hold: null,
    deployed: true,
    now: NOW,
  };
  const ladder: [string, Partial<AttentionInput>, string][] = [
    [
      'operation-failed',
      { lastOperation: { phase: 'failed', message: 'Service web: port is taken' } },
      'Service web: port is taken',
    ],
    ['terminating-too-long', { health: 'Terminating', healthMessage: 'held by a/b' }, 'held by a/b'],
    ['degraded', { health: 'Degraded', healthMessage: 'crash' }, 'crash'],
    ['missing', { health: 'Missing' }, 'Health is Missing'],
    ['drift-on-protected', { protected: true, openDrifts: 1 }, '1 field was changed on a protected target'],
    [
      'out-of-sync-manual',
      { sync: 'OutOfSync', automaticSync: false, openDrifts: 2 },
      'Differs from Git, 2 drifted fields, and automatic sync is off',
    ],
    ['hold-expired', { hold: { kind: 'pin', expiresAt: NOW } }, 'Its pin has expired'],
    ['progressing-too-long', { health: 'Progressing', healthMessage: '1 of 2' }, '1 of 2'],
    ['unknown', { sync: 'Unknown' }, 'Its state is not known'],
    ['ok', {}, ''],
  ];

  it.each(ladder)('%s', (reason, change, cause) => {
    const found = attentionOf({ ...calm, ...change });
    expect(found).toEqual({ reason, cause, rank: ATTENTION_REASONS.findIndex((one) => one === reason) });
  });

  it('the more urgent of two reasons wins', () => {
    const ownHealth = (change: Partial<AttentionInput>): boolean => change.health !== undefined;
    ladder.forEach(([reason, change], index) => {
      for (const [, lesser] of ladder.slice(index + 1)) {
        if (ownHealth(change) && ownHealth(lesser)) continue;
        expect(attentionOf({ ...calm, ...lesser, ...change }).reason).toBe(reason);
      }
    });
  });

  it.each<[string, Partial<AttentionInput>]>([
    ['just terminating', { health: 'Terminating', healthSince: NOW - 1000 }],
    ['just progressing', { health: 'Progressing', healthSince: NOW - 1000 }],
    ['never deployed', { health: 'Missing', deployed: false }],
    ['out of sync, automatic', { sync: 'OutOfSync' }],
    ['drift, not protected', { openDrifts: 3 }],
    ['pinned without end', { hold: { kind: 'pin', expiresAt: null } }],
    ['suspended for a while yet', { hold: { kind: 'suspension', expiresAt: NOW + 1 } }],
    ['operation under way', { lastOperation: { phase: 'running', message: '' } }],
    ['operation terminated by a person', { lastOperation: { phase: 'terminated', message: '' } }],
  ])('%s is ok', (_name, change) => expect(attentionOf({ ...calm, ...change }).reason).toBe('ok'));
});
