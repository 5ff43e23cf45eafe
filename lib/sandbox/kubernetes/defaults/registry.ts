import { isObject, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { cloneJson } from '../objects.ts';
import { podDefaults, podSpecDefaults, templateDefaults } from './pod.ts';
import { ensureObject, fill, member, members } from './set.ts';

type Defaults = (object: JsonObject) => void;

const templateLabels = (spec: JsonObject): JsonObject => objectAt(spec, 'template', 'metadata', 'labels');

function deployment(object: JsonObject): void {
  const spec = ensureObject(object, 'spec');
  fill(spec, 'replicas', 1);
  fill(spec, 'revisionHistoryLimit', 10);
  fill(spec, 'progressDeadlineSeconds', 600);
  const strategy = ensureObject(spec, 'strategy');
  fill(strategy, 'type', 'RollingUpdate');
  if (strategy['type'] === 'RollingUpdate') {
    const rolling = ensureObject(strategy, 'rollingUpdate');
    fill(rolling, 'maxUnavailable', '25%');
    fill(rolling, 'maxSurge', '25%');
  }
  templateDefaults(spec);
}

function replicaSet(object: JsonObject): void {
  const spec = ensureObject(object, 'spec');
  fill(spec, 'replicas', 1);
  templateDefaults(spec);
}

function statefulSet(object: JsonObject): void {
  const spec = ensureObject(object, 'spec');
  fill(spec, 'replicas', 1);
  fill(spec, 'revisionHistoryLimit', 10);
  fill(spec, 'podManagementPolicy', 'OrderedReady');
  const strategy = ensureObject(spec, 'updateStrategy');
  fill(strategy, 'type', 'RollingUpdate');
  if (strategy['type'] === 'RollingUpdate') fill(ensureObject(strategy, 'rollingUpdate'), 'partition', 0);
  const retention = ensureObject(spec, 'persistentVolumeClaimRetentionPolicy');
  fill(retention, 'whenDeleted', 'Retain');
  fill(retention, 'whenScaled', 'Retain');
  for (const claim of members(spec, 'volumeClaimTemplates')) {
    fill(claim, 'apiVersion', 'v1');
    fill(claim, 'kind', 'PersistentVolumeClaim');
    persistentVolumeClaim(claim);
  }
  templateDefaults(spec);
}

function daemonSet(object: JsonObject): void {
  const spec = ensureObject(object, 'spec');
  fill(ensureObject(ensureObject(object, 'metadata'), 'annotations'), 'deprecated.daemonset.template.generation', '1');
  fill(spec, 'revisionHistoryLimit', 10);
  const strategy = ensureObject(spec, 'updateStrategy');
  fill(strategy, 'type', 'RollingUpdate');
  if (strategy['type'] === 'RollingUpdate') {
    const rolling = ensureObject(strategy, 'rollingUpdate');
    fill(rolling, 'maxUnavailable', 1);
    fill(rolling, 'maxSurge', 0);
  }
  templateDefaults(spec);
}

function jobSpec(spec: JsonObject): void {
  if (spec['completions'] === undefined && spec['parallelism'] === undefined) spec['completions'] = 1;
  fill(spec, 'parallelism', 1);
  fill(spec, 'backoffLimit', spec['backoffLimitPerIndex'] === undefined ? 6 : 2_147_483_647);
  fill(spec, 'completionMode', 'NonIndexed');
  fill(spec, 'suspend', false);
  fill(spec, 'podReplacementPolicy', spec['podFailurePolicy'] === undefined ? 'TerminatingOrFailed' : 'Failed');
  fill(spec, 'manualSelector', false);
  templateDefaults(spec);
}

function cronJob(object: JsonObject): void {
  const spec = ensureObject(object, 'spec');
  fill(spec, 'concurrencyPolicy', 'Allow');
  fill(spec, 'suspend', false);
  fill(spec, 'successfulJobsHistoryLimit', 3);
  fill(spec, 'failedJobsHistoryLimit', 1);
  const job = ensureObject(ensureObject(spec, 'jobTemplate'), 'spec');
  templateDefaults(job);
}

function service(object: JsonObject): void {
  const spec = ensureObject(object, 'spec');
  fill(spec, 'sessionAffinity', 'None');
  fill(spec, 'type', 'ClusterIP');
  const type = spec['type'];
  if (spec['sessionAffinity'] === 'ClientIP') {
    fill(ensureObject(ensureObject(spec, 'sessionAffinityConfig'), 'clientIP'), 'timeoutSeconds', 10_800);
  }
  for (const port of members(spec, 'ports')) {
    fill(port, 'protocol', 'TCP');
    if (port['targetPort'] === undefined || port['targetPort'] === 0 || port['targetPort'] === '')
      port['targetPort'] = port['port'] ?? 0;
  }
  if (type === 'NodePort' || type === 'LoadBalancer') fill(spec, 'externalTrafficPolicy', 'Cluster');
  if (type !== 'ExternalName') fill(spec, 'internalTrafficPolicy', 'Cluster');
  if (type === 'LoadBalancer') fill(spec, 'allocateLoadBalancerNodePorts', true);
}

function persistentVolumeClaim(object: JsonObject): void {
  fill(ensureObject(object, 'spec'), 'volumeMode', 'Filesystem');
  fill(ensureObject(object, 'status'), 'phase', 'Pending');
}

function persistentVolume(object: JsonObject): void {
  const spec = ensureObject(object, 'spec');
  fill(spec, 'persistentVolumeReclaimPolicy', 'Retain');
  fill(spec, 'volumeMode', 'Filesystem');
  fill(ensureObject(object, 'status'), 'phase', 'Pending');
}

function secret(object: JsonObject): void {
  fill(object, 'type', 'Opaque');
  const plain = member(object, 'stringData');
  if (plain) {
    const data = ensureObject(object, 'data');
    for (const [name, value] of Object.entries(plain)) {
      if (typeof value === 'string') data[name] = Buffer.from(value, 'utf8').toString('base64');
    }
    delete object['stringData'];
  }
}

function namespace(object: JsonObject): void {
  fill(ensureObject(object, 'status'), 'phase', 'Active');
  const name = textAt(object, 'metadata', 'name');
  if (name !== '') fill(ensureObject(ensureObject(object, 'metadata'), 'labels'), 'kubernetes.io/metadata.name', name);
}

function networkPolicy(object: JsonObject): void {
  const spec = ensureObject(object, 'spec');
  fill(spec, 'policyTypes', spec['egress'] === undefined ? ['Ingress'] : ['Ingress', 'Egress']);
  for (const rule of [...members(spec, 'ingress'), ...members(spec, 'egress')]) {
    for (const port of members(rule, 'ports')) fill(port, 'protocol', 'TCP');
  }
}

const rbacGroup = (ref: JsonObject): void => fill(ref, 'apiGroup', 'rbac.authorization.k8s.io');

function roleBinding(object: JsonObject): void {
  rbacGroup(ensureObject(object, 'roleRef'));
  for (const subject of members(object, 'subjects')) {
    if (subject['kind'] === 'User' || subject['kind'] === 'Group') rbacGroup(subject);
  }
}

function autoscaler(object: JsonObject): void {
  const spec = ensureObject(object, 'spec');
  fill(spec, 'minReplicas', 1);
  const legacy = spec['targetCPUUtilizationPercentage'];
  if (typeof legacy === 'number') {
    delete spec['targetCPUUtilizationPercentage'];
    fill(spec, 'metrics', [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: legacy } } },
    ]);
  }
  fill(spec, 'metrics', [
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
  ]);
  const status = ensureObject(object, 'status');
  fill(status, 'currentMetrics', null);
  if (status['currentMetrics'] === null) delete status['currentMetrics'];
  fill(status, 'desiredReplicas', 0);
}

function storageClass(object: JsonObject): void {
  fill(object, 'reclaimPolicy', 'Delete');
  fill(object, 'volumeBindingMode', 'Immediate');
}

function ingress(object: JsonObject): void {
  const spec = ensureObject(object, 'spec');
  for (const rule of members(spec, 'rules')) {
    const http = member(rule, 'http');
    for (const path of http ? members(http, 'paths') : []) fill(path, 'pathType', 'ImplementationSpecific');
  }
}

function definition(object: JsonObject): void {
  const spec = ensureObject(object, 'spec');
  fill(ensureObject(spec, 'conversion'), 'strategy', 'None');
  const names = ensureObject(spec, 'names');
  const kind = textAt(names, 'kind');
  fill(names, 'singular', kind.toLowerCase());
  fill(names, 'listKind', `${kind}List`);
}

const TABLE: Record<string, Defaults> = {
  '/pods': podDefaults,
  '/podtemplates': templateDefaults,
  '/replicationcontrollers': (object) => {
    const spec = ensureObject(object, 'spec');
    fill(spec, 'replicas', 1);
    const template = member(spec, 'template');
    if (template) {
      podSpecDefaults(ensureObject(template, 'spec'));
      fill(spec, 'selector', cloneJson(templateLabels(spec)));
    }
  },
  '/services': service,
  '/secrets': secret,
  '/namespaces': namespace,
  '/persistentvolumeclaims': persistentVolumeClaim,
  '/persistentvolumes': persistentVolume,
  'apps/deployments': deployment,
  'apps/replicasets': replicaSet,
  'apps/statefulsets': statefulSet,
  'apps/daemonsets': daemonSet,
  'batch/jobs': (object) => jobSpec(ensureObject(object, 'spec')),
  'batch/cronjobs': cronJob,
  'networking.k8s.io/networkpolicies': networkPolicy,
  'networking.k8s.io/ingresses': ingress,
  'rbac.authorization.k8s.io/rolebindings': roleBinding,
  'rbac.authorization.k8s.io/clusterrolebindings': roleBinding,
  'autoscaling/horizontalpodautoscalers': autoscaler,
  'storage.k8s.io/storageclasses': storageClass,
  'scheduling.k8s.io/priorityclasses': (object) => fill(object, 'preemptionPolicy', 'PreemptLowerPriority'),
  'discovery.k8s.io/endpointslices': (object) => {
    for (const port of members(object, 'ports')) {
      fill(port, 'name', '');
      fill(port, 'protocol', 'TCP');
    }
  },
  '/limitranges': (object) => {
    for (const limit of members(ensureObject(object, 'spec'), 'limits')) {
      const requests = ensureObject(limit, 'defaultRequest');
      for (const [name, amount] of Object.entries(member(limit, 'default') ?? {})) fill(requests, name, amount);
      if (Object.keys(requests).length === 0) delete limit['defaultRequest'];
    }
  },
  'apiextensions.k8s.io/customresourcedefinitions': definition,
};

/** Fills the defaults of a built-in kind in place; kinds without any are left alone. */
export function applyDefaults(storage: string, object: JsonObject): void {
  TABLE[storage]?.(object);
  const metadata = object['metadata'];
  if (isObject(metadata) && isObject(metadata['labels']) && Object.keys(metadata['labels']).length === 0)
    delete metadata['labels'];
}
