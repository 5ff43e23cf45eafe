import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { ensureObject, fill, member, members } from './set.ts';

function probeDefaults(probe: JsonObject | undefined): void {
  if (!probe) return;
  fill(probe, 'timeoutSeconds', 1);
  fill(probe, 'periodSeconds', 10);
  fill(probe, 'successThreshold', 1);
  fill(probe, 'failureThreshold', 3);
  httpGetDefaults(member(probe, 'httpGet'));
  const grpc = member(probe, 'grpc');
  if (grpc) fill(grpc, 'service', '');
}

function httpGetDefaults(httpGet: JsonObject | undefined): void {
  if (!httpGet) return;
  fill(httpGet, 'path', '/');
  fill(httpGet, 'scheme', 'HTTP');
}

const fieldRefDefaults = (fieldRef: JsonObject | undefined): void => {
  if (fieldRef) fill(fieldRef, 'apiVersion', 'v1');
};

const zeroDivisor = (ref: JsonObject | undefined): void => {
  if (ref) fill(ref, 'divisor', '0');
};

function pullPolicy(image: unknown): string {
  const text = typeof image === 'string' ? image : '';
  if (text.includes('@')) return 'IfNotPresent';
  const tag = /:([^/:]+)$/.exec(text)?.[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function containerDefaults(container: JsonObject): void {
  fill(container, 'imagePullPolicy', pullPolicy(container['image']));
  fill(container, 'terminationMessagePath', '/dev/termination-log');
  fill(container, 'terminationMessagePolicy', 'File');
  fill(container, 'resources', {});
  for (const port of members(container, 'ports')) fill(port, 'protocol', 'TCP');
  for (const env of members(container, 'env')) {
    const from = member(env, 'valueFrom');
    if (!from) continue;
    fieldRefDefaults(member(from, 'fieldRef'));
    zeroDivisor(member(from, 'resourceFieldRef'));
  }
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) probeDefaults(member(container, name));
  const lifecycle = member(container, 'lifecycle');
  for (const hook of ['postStart', 'preStop']) {
    const handler = lifecycle && member(lifecycle, hook);
    if (handler) httpGetDefaults(member(handler, 'httpGet'));
  }
}

const MODES = ['secret', 'configMap', 'downwardAPI', 'projected'];

function volumeDefaults(volume: JsonObject): void {
  const sources = Object.keys(volume).filter((name) => name !== 'name');
  if (sources.length === 0) volume['emptyDir'] = {};
  for (const name of MODES) {
    const source = member(volume, name);
    if (source) fill(source, 'defaultMode', 420);
  }
  const hostPath = member(volume, 'hostPath');
  if (hostPath) fill(hostPath, 'type', '');
  const downward = member(volume, 'downwardAPI');
  for (const item of downward ? members(downward, 'items') : []) fieldRefDefaults(member(item, 'fieldRef'));
  const projected = member(volume, 'projected');
  for (const source of projected ? members(projected, 'sources') : []) {
    const token = member(source, 'serviceAccountToken');
    if (token) fill(token, 'expirationSeconds', 3600);
    const api = member(source, 'downwardAPI');
    for (const item of api ? members(api, 'items') : []) fieldRefDefaults(member(item, 'fieldRef'));
  }
}

/** Defaults of a pod spec, in a pod or in a template. */
export function podSpecDefaults(spec: JsonObject): void {
  fill(spec, 'dnsPolicy', 'ClusterFirst');
  fill(spec, 'restartPolicy', 'Always');
  fill(spec, 'terminationGracePeriodSeconds', 30);
  fill(spec, 'schedulerName', 'default-scheduler');
  fill(spec, 'securityContext', {});
  if (typeof spec['serviceAccountName'] === 'string') spec['serviceAccount'] = spec['serviceAccountName'];
  else if (typeof spec['serviceAccount'] === 'string') spec['serviceAccountName'] = spec['serviceAccount'];
  for (const name of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const container of members(spec, name)) containerDefaults(container);
  }
  for (const volume of members(spec, 'volumes')) volumeDefaults(volume);
}

/** In a pod, and only there, what is limited and not requested is requested at its limit. */
function requestLimits(container: JsonObject): void {
  const resources = member(container, 'resources');
  const limits = resources && member(resources, 'limits');
  if (!resources || !limits) return;
  const requests = ensureObject(resources, 'requests');
  for (const [name, amount] of Object.entries(limits)) fill(requests, name, amount);
}

/** What the server adds to a pod beyond its spec's own defaults. */
export function podDefaults(pod: JsonObject): void {
  const spec = ensureObject(pod, 'spec');
  podSpecDefaults(spec);
  for (const list of ['initContainers', 'containers'])
    for (const container of members(spec, list)) requestLimits(container);
  fill(spec, 'enableServiceLinks', true);
}

/** A template's pod spec. */
export function templateDefaults(owner: JsonObject): void {
  const template = ensureObject(owner, 'template');
  podSpecDefaults(ensureObject(template, 'spec'));
}

/** What admission and scheduling add to a stored pod: tolerations, priority and the service account. */
export function admitPod(pod: JsonObject): void {
  const spec = ensureObject(pod, 'spec');
  fill(spec, 'serviceAccountName', 'default');
  fill(spec, 'serviceAccount', spec['serviceAccountName'] ?? 'default');
  fill(spec, 'priority', 0);
  fill(spec, 'preemptionPolicy', 'PreemptLowerPriority');
  const tolerations = members(spec, 'tolerations');
  for (const key of ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']) {
    if (tolerations.some((one) => one['key'] === key)) continue;
    tolerations.push({ effect: 'NoExecute', key, operator: 'Exists', tolerationSeconds: 300 });
  }
  spec['tolerations'] = tolerations;
  const status = ensureObject(pod, 'status');
  fill(status, 'phase', 'Pending');
  fill(status, 'qosClass', qosClass(spec));
}

function qosClass(spec: JsonObject): string {
  const containers = members(spec, 'containers').map((container) => member(container, 'resources') ?? {});
  const asked = containers.flatMap((one) => [
    ...Object.values(member(one, 'requests') ?? {}),
    ...Object.values(member(one, 'limits') ?? {}),
  ]);
  if (asked.length === 0) return 'BestEffort';
  const guaranteed = containers.every((one) =>
    ['cpu', 'memory'].every(
      (name) =>
        member(one, 'limits')?.[name] !== undefined &&
        member(one, 'limits')?.[name] === member(one, 'requests')?.[name],
    ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
