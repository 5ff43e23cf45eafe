import { listAt, numberAt, objectAt, textAt, valueAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { readObject } from '../body.ts';
import { members } from '../defaults/set.ts';
import { nameOf, namespaceOf, uidOf, versionOf, withMetadata, withValue } from '../objects.ts';
import { type Reply, type ResourceRequest, flag, json, writeOptions } from '../request.ts';
import { badRequest, fieldError, invalid, methodNotAllowed, pathNotFound, unsupportedMediaType } from '../status.ts';
import { updateObject } from '../write.ts';
import { mergePatch } from '../patch/apply-patch.ts';
import { BACKGROUND, deleteObject } from './delete.ts';
import { bodyOf, getObject, liveOf, patchObject, replaceFrom } from './objects.ts';

const SCALE_KIND = { group: 'autoscaling', plural: 'scales', kind: 'Scale' };

function scalePaths(request: ResourceRequest): { spec: string[]; status: string[]; selector: string[] } {
  return (
    request.resource.custom?.scale ?? {
      spec: ['spec', 'replicas'],
      status: ['status', 'replicas'],
      selector: ['spec', 'selector'],
    }
  );
}

function selectorText(value: unknown): string {
  if (typeof value === 'string') return value;
  return Object.entries(objectAt(value, 'matchLabels'))
    .map(([key, text]) => `${key}=${typeof text === 'string' ? text : ''}`)
    .join(',');
}

/** The Scale of an object. */
function scaleOf(request: ResourceRequest, object: JsonObject): JsonObject {
  const paths = scalePaths(request);
  const selector = selectorText(valueAt(object, ...paths.selector));
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name: nameOf(object),
      ...(namespaceOf(object) === '' ? {} : { namespace: namespaceOf(object) }),
      uid: uidOf(object),
      resourceVersion: versionOf(object),
      creationTimestamp: textAt(object, 'metadata', 'creationTimestamp'),
    },
    spec: { replicas: numberAt(object, paths.spec) },
    status: { replicas: numberAt(object, paths.status), ...(selector === '' ? {} : { selector }) },
  };
}

function patchedScale(request: ResourceRequest, scale: JsonObject): JsonObject {
  const type = request.contentType.split(';')[0]?.trim() ?? '';
  if (!type.endsWith('patch+json') && type !== 'application/apply-patch+yaml')
    throw unsupportedMediaType(['application/merge-patch+json']);
  if (type === 'application/json-patch+json') {
    const operations: unknown = JSON.parse(request.body);
    const replicas = listAt({ operations }, 'operations').find((one) => textAt(one, 'path') === '/spec/replicas');
    return withValue(scale, ['spec', 'replicas'], valueAt(replicas, 'value') ?? 0);
  }
  const merged = mergePatch(scale, readObject(request.body, { yaml: true }).value);
  return objectAt({ merged }, 'merged');
}

function writeScale(request: ResourceRequest): Reply {
  const live = liveOf(request);
  const { resource, cluster } = request;
  const current = scaleOf(request, live);
  const wanted = request.method === 'PUT' ? bodyOf(request).value : patchedScale(request, current);
  const replicas = valueAt(wanted, 'spec', 'replicas') ?? 0;
  if (typeof replicas !== 'number')
    throw badRequest(
      'Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal string into Go struct field ScaleSpec.spec.replicas of type int32',
    );
  if (replicas < 0)
    throw invalid(SCALE_KIND, request.name, [
      fieldError('FieldValueInvalid', 'spec.replicas', { value: replicas, why: 'must be greater than or equal to 0' }),
    ]);
  const options = writeOptions(request, 'scale');
  const sent = withMetadata(withValue(live, scalePaths(request).spec, replicas), {
    resourceVersion: versionOf(wanted) || versionOf(live),
  });
  return json(scaleOf(request, updateObject(cluster, resource, { live, next: sent, options })));
}

function logLines(pod: JsonObject, container: string): string[] {
  const started =
    Date.parse(textAt(pod, 'status', 'startTime')) || Date.parse(textAt(pod, 'metadata', 'creationTimestamp'));
  const words = [
    'starting',
    'configuration loaded',
    'listening on :8080',
    'ready',
    'GET /healthz 200',
    'GET / 200',
    'GET /metrics 200',
  ];
  return words.map(
    (word, index) =>
      `${new Date(Math.min(started + index * 850, Date.now())).toISOString()} level=info app=${container} pod=${nameOf(pod)} msg=${JSON.stringify(word)}`,
  );
}

function readLog(request: ResourceRequest): Reply {
  const pod = liveOf(request);
  const names = members(objectAt(pod, 'spec'), 'containers').map((one) => textAt(one, 'name'));
  const asked = request.query.get('container') ?? '';
  const container = asked || (names[0] ?? '');
  if (!names.includes(container)) throw badRequest(`container ${container} is not valid for pod ${request.name}`);
  if (asked === '' && names.length > 1)
    throw badRequest(`a container name must be specified for pod ${request.name}, choose one of: [${names.join(' ')}]`);
  const status = members(objectAt(pod, 'status'), 'containerStatuses').find((one) => textAt(one, 'name') === container);
  const waiting = textAt(status, 'state', 'waiting', 'reason');
  if (
    waiting === 'ImagePullBackOff' ||
    waiting === 'ErrImagePull' ||
    waiting === 'ContainerCreating' ||
    status === undefined
  ) {
    throw badRequest(
      `container "${container}" in pod "${request.name}" is waiting to start: ${waiting === 'ImagePullBackOff' ? 'trying and failing to pull image' : waiting || 'ContainerCreating'}`,
    );
  }
  const lines =
    waiting === 'CrashLoopBackOff'
      ? [...logLines(pod, container).slice(0, 2), 'panic: sandbox failure on request', 'exit status 1']
      : logLines(pod, container);
  const tail = request.query.get('tailLines');
  const shown = tail === null ? lines : lines.slice(Math.max(0, lines.length - Number(tail)));
  const text = shown.length > 0 ? `${shown.join('\n')}\n` : '';
  if (!flag(request, 'follow')) return { kind: 'text', code: 200, text };
  return {
    kind: 'stream',
    type: 'text/plain',
    start: (sink) => {
      sink.write(text);
      const timer = setInterval(
        () =>
          sink.write(
            `${new Date().toISOString()} level=info app=${container} pod=${request.name} msg="GET /healthz 200"\n`,
          ),
        2000,
      );
      sink.onClose(() => clearInterval(timer));
    },
  };
}

function finalizeNamespace(request: ResourceRequest): Reply {
  const live = liveOf(request);
  const { value } = bodyOf(request);
  const next = withValue(live, ['spec', 'finalizers'], listAt(value, 'spec', 'finalizers'));
  return json(
    updateObject(request.cluster, request.resource, { live, next, options: writeOptions(request, 'finalize') }),
  );
}

/** Requests for what follows an object's name. */
export function handleSubresource(request: ResourceRequest): Reply {
  const { resource, subresource, method } = request;
  const known = resource.subresources.find((one) => one.name === subresource);
  if (!known) throw pathNotFound();
  if (subresource === 'scale') {
    if (method === 'GET') return json(scaleOf(request, liveOf(request)));
    if (method === 'PUT' || method === 'PATCH') return writeScale(request);
  } else if (subresource === 'log' && method === 'GET') return readLog(request);
  else if (subresource === 'finalize' && method === 'PUT') return finalizeNamespace(request);
  else if (subresource === 'eviction' && method === 'POST') {
    deleteObject(request.cluster, resource, {
      live: liveOf(request),
      options: { ...BACKGROUND, graceSeconds: undefined },
    });
    return json({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }, 201);
  } else if (subresource === 'binding' && method === 'POST') {
    const live = liveOf(request);
    const next = withValue(live, ['spec', 'nodeName'], textAt(bodyOf(request).value, 'target', 'name'));
    updateObject(request.cluster, resource, { live, next, options: writeOptions(request, 'binding') });
    return json({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }, 201);
  } else if (known.kind.kind === resource.kind) {
    if (method === 'GET') return getObject(request);
    if (method === 'PUT') return replaceFrom(request, subresource);
    if (method === 'PATCH') return patchObject(request, subresource);
  }
  throw methodNotAllowed();
}
