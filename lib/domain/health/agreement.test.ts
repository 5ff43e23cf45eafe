import { describe, expect, test } from 'vitest';
import type { JsonObject, Manifest } from '../resource/manifest.ts';
import { assessHealth } from './assess.ts';
import type { HealthStatus } from './status.ts';

/** What Argo CD calls an object by its documented rules; `ours` only where we say otherwise on purpose, and why. */
interface Agreement {
  kind: string;
  what: string;
  object: JsonObject;
  argo: HealthStatus;
  ours?: HealthStatus;
  why?: string;
}

const is = (type: string, more: JsonObject = {}): JsonObject => ({ type, status: 'True', ...more });
const not = (type: string, more: JsonObject = {}): JsonObject => ({ type, status: 'False', ...more });
const told = (...conditions: JsonObject[]): JsonObject => ({ status: { conditions } });
const phase = (word: string, more: JsonObject = {}): JsonObject => ({ status: { phase: word, ...more } });
const of = (
  kind: string,
  rows: [what: string, object: JsonObject, argo: HealthStatus, ours?: HealthStatus, why?: string][],
) =>
  rows.map(([what, object, argo, ours, why]): Agreement => ({
    kind,
    what,
    object,
    argo,
    ...(ours === undefined ? {} : { ours }),
    ...(why === undefined ? {} : { why }),
  }));

const STRIMZI = ['Kafka', 'KafkaConnect', 'KafkaTopic', 'KafkaUser', 'KafkaBridge', 'KafkaConnector'];
const CONFLUENT = ['Kafka', 'Connect', 'ControlCenter', 'KsqlDB', 'SchemaRegistry', 'Zookeeper'];
const shoot = (label: string): JsonObject => ({
  metadata: { name: 'x', labels: { 'shoot.gardener.cloud/status': label } },
});
const rolling = (rollingUpdate: JsonObject, status: JsonObject): JsonObject => ({
  metadata: { name: 'x', generation: 2 },
  spec: { updateStrategy: { rollingUpdate } },
  status: {
    observedGeneration: 2,
    desiredNumberScheduled: 4,
    updatedNumberScheduled: 4,
    numberAvailable: 4,
    ...status,
  },
});

const TABLE: readonly Agreement[] = [
  ...STRIMZI.flatMap((kind) =>
    of(`kafka.strimzi.io/v1beta2 ${kind}`, [
      ['ready', told(is('Ready')), 'Healthy'],
      ['not ready', told(is('NotReady', { reason: 'InvalidResourceException', message: 'bad' })), 'Degraded'],
      ['no status', {}, 'Progressing'],
      ['being made', told(is('NotReady', { reason: 'Creating' })), 'Degraded', 'Progressing', 'it is on its way'],
      ['paused', told(is('ReconciliationPaused')), 'Progressing', 'Suspended', 'a person paused it'],
    ]),
  ),
  ...CONFLUENT.flatMap((kind) =>
    of(`platform.confluent.io/v1beta1 ${kind}`, [
      ['running', phase('RUNNING'), 'Healthy'],
      ['provisioning', phase('PROVISIONING'), 'Progressing'],
      ['no status', {}, 'Progressing'],
    ]),
  ),
  ...of('camel.apache.org/v1 Integration', [
    ['ready', told(is('Ready')), 'Healthy'],
    ['runs and is not ready', { status: { phase: 'Running', conditions: [not('Ready')] } }, 'Degraded'],
    ['no status', {}, 'Progressing'],
    [
      'its kit is built',
      { status: { phase: 'Building Kit', conditions: [not('Ready')] } },
      'Degraded',
      'Progressing',
      'the build is on its way',
    ],
  ]),
  ...of('core.gardener.cloud/v1beta1 Shoot', [
    ['healthy', shoot('healthy'), 'Healthy'],
    ['progressing', shoot('progressing'), 'Progressing'],
    ['unhealthy', shoot('unhealthy'), 'Degraded'],
    ['unknown', shoot('unknown'), 'Unknown'],
    ['no label', {}, 'Progressing'],
    [
      'hibernated',
      { ...shoot('healthy'), status: { hibernated: true } },
      'Healthy',
      'Suspended',
      'it sleeps on purpose',
    ],
  ]),
  ...of('kubevirt.io/v1 VirtualMachine', [
    ['ready', told(is('Ready')), 'Healthy'],
    ['paused', told(is('Paused'), is('Ready')), 'Suspended'],
    ['starting', { status: { created: true, printableStatus: 'Starting', conditions: [not('Ready')] } }, 'Progressing'],
    ['stopped by a person', { status: { printableStatus: 'Stopped', conditions: [not('Ready')] } }, 'Suspended'],
    [
      'declared stopped',
      { spec: { runStrategy: 'Halted' }, status: { printableStatus: 'Stopped', conditions: [not('Ready')] } },
      'Healthy',
    ],
    ['no status', {}, 'Progressing'],
  ]),
  ...of('policy/v1 PodDisruptionBudget', [
    ['kept', told(is('DisruptionAllowed', { reason: 'SufficientPods' })), 'Healthy'],
    ['too few pods', told(not('DisruptionAllowed', { reason: 'InsufficientPods' })), 'Healthy'],
    ['cannot be computed', told(not('DisruptionAllowed', { reason: 'SyncFailed' })), 'Degraded'],
    ['no status', {}, 'Progressing', 'Healthy', 'a budget without pods may never get one'],
  ]),
  ...of('operators.coreos.com/v1alpha1 Subscription', [
    ['catalog is well', told(not('CatalogSourcesUnhealthy')), 'Healthy'],
    ['catalog is not', told(is('CatalogSourcesUnhealthy')), 'Degraded'],
    ['install plan failed', told(is('InstallPlanFailed')), 'Degraded'],
    ['not resolved', told(is('ResolutionFailed')), 'Degraded'],
    [
      'install plan is carried out',
      told(not('CatalogSourcesUnhealthy'), is('InstallPlanPending', { reason: 'Installing' })),
      'Progressing',
    ],
    [
      'install plan was cleaned up',
      told(is('InstallPlanMissing', { reason: 'ReferencedInstallPlanNotFound' })),
      'Healthy',
    ],
    ['no status', {}, 'Progressing'],
  ]),
  ...of('apps.kruise.io/v1alpha1 DaemonSet', [
    ['on every node', rolling({}, {}), 'Healthy'],
    ['paused', rolling({ paused: true }, {}), 'Suspended'],
    ['holds at a partition', rolling({ partition: 3 }, { updatedNumberScheduled: 1 }), 'Suspended'],
    ['holds at a partition as text', rolling({ partition: '3' }, { updatedNumberScheduled: 1 }), 'Suspended'],
    ['partition of nothing', rolling({ partition: '0' }, {}), 'Healthy'],
    ['being updated', rolling({}, { updatedNumberScheduled: 1 }), 'Progressing'],
    ['no status', {}, 'Progressing'],
    [
      'nothing available',
      rolling({}, { numberAvailable: 0, numberUnavailable: 4 }),
      'Degraded',
      'Progressing',
      'pods are on their way, as those of a Deployment',
    ],
  ]),
];

describe('agreement with the states of Argo CD', () => {
  test.each(TABLE)('$kind, $what: $argo', ({ kind: name, object, argo, ours, why }) => {
    const [apiVersion = '', kind = ''] = name.split(' ');
    const manifest: Manifest = { metadata: { name: 'x' }, ...object, apiVersion, kind };
    expect(assessHealth(manifest).status).toBe(ours ?? argo);
    expect(ours === undefined).toBe(why === undefined);
    expect(ours).not.toBe(argo);
  });

  test('is counted: where we differ, what Argo CD calls Degraded is on its way, or somebody halted it', () => {
    const agreed = TABLE.filter(({ ours }) => ours === undefined).length;
    expect({ agreed, of: TABLE.length }).toEqual({ agreed: 67, of: 83 });
  });
});
