import { isObject, listAt, numberAt, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import { members } from '../defaults/set.ts';
import type { Resource } from '../resources.ts';
import { age, nameCell, readPath } from './cells.ts';

export interface Column {
  name: string;
  type?: string;
  format?: string;
  description?: string;
  /** 0 = always, 1 = with `-o wide`. */
  priority?: number;
  cell: (object: JsonObject, now: number) => JsonValue | undefined;
}

const NAME: Column = { name: 'Name', cell: nameCell };
const AGE: Column = { name: 'Age', cell: (object, now) => age(textAt(object, 'metadata', 'creationTimestamp'), now) };
const column = (name: string, cell: Column['cell'], more: Partial<Column> = {}): Column => ({ name, cell, ...more });
const wide = (name: string, cell: Column['cell']): Column => ({ name, cell, priority: 1 });
const integer = (name: string, cell: Column['cell']): Column => ({ name, cell, type: 'integer' });
const spec = (object: JsonObject): JsonObject => objectAt(object, 'spec');
const status = (object: JsonObject): JsonObject => objectAt(object, 'status');
const podSpec = (object: JsonObject): JsonObject => objectAt(object, 'spec', 'template', 'spec');

const containers = wide('Containers', (object) =>
  members(podSpec(object), 'containers')
    .map((one) => textAt(one, 'name'))
    .join(','),
);
const images = wide('Images', (object) =>
  members(podSpec(object), 'containers')
    .map((one) => textAt(one, 'image'))
    .join(','),
);
const selectorText = (labels: JsonObject): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : ''}`)
    .join(',') || '<none>';
const selector = wide('Selector', (object) => selectorText(objectAt(object, 'spec', 'selector', 'matchLabels')));

function podStatus(pod: JsonObject): string {
  if (textAt(pod, 'metadata', 'deletionTimestamp') !== '') return 'Terminating';
  for (const one of members(status(pod), 'containerStatuses')) {
    const reason = textAt(one, 'state', 'waiting', 'reason') || textAt(one, 'state', 'terminated', 'reason');
    if (reason !== '') return reason;
  }
  return textAt(status(pod), 'reason') || textAt(status(pod), 'phase');
}

const restarts = (pod: JsonObject): number =>
  members(status(pod), 'containerStatuses').reduce((sum, one) => sum + numberAt(one, ['restartCount']), 0);

const POD: Column[] = [
  NAME,
  column(
    'Ready',
    (pod) =>
      `${members(status(pod), 'containerStatuses').filter((one) => one['ready'] === true).length}/${members(spec(pod), 'containers').length}`,
  ),
  column('Status', podStatus),
  column('Restarts', (pod) => String(restarts(pod))),
  AGE,
  wide('IP', (pod) => textAt(status(pod), 'podIP') || '<none>'),
  wide('Node', (pod) => textAt(spec(pod), 'nodeName') || '<none>'),
  wide('Nominated Node', () => '<none>'),
  wide('Readiness Gates', () => '<none>'),
];

function servicePorts(object: JsonObject): string {
  const text = members(spec(object), 'ports').map(
    (port) =>
      `${numberAt(port, ['port'])}${port['nodePort'] === undefined ? '' : `:${numberAt(port, ['nodePort'])}`}/${textAt(port, 'protocol')}`,
  );
  return text.join(',') || '<none>';
}

function externalAddress(object: JsonObject): string {
  const type = textAt(spec(object), 'type');
  if (type === 'ExternalName') return textAt(spec(object), 'externalName');
  if (type !== 'LoadBalancer') return '<none>';
  return (
    listAt(object, 'status', 'loadBalancer', 'ingress')
      .map((one) => textAt(one, 'ip') || textAt(one, 'hostname'))
      .join(',') || '<pending>'
  );
}

const jobStatus = (object: JsonObject): string => {
  const done = members(status(object), 'conditions').find(
    (one) => one['status'] === 'True' && (one['type'] === 'Complete' || one['type'] === 'Failed'),
  );
  return done ? textAt(done, 'type') : spec(object)['suspend'] === true ? 'Suspended' : 'Running';
};

const TABLE: Record<string, Column[]> = {
  '/pods': POD,
  '/configmaps': [
    NAME,
    integer('Data', (object) => Object.keys({ ...objectAt(object, 'data'), ...objectAt(object, 'binaryData') }).length),
    AGE,
  ],
  '/secrets': [
    NAME,
    column('Type', (object) => textAt(object, 'type')),
    integer('Data', (object) => Object.keys(objectAt(object, 'data')).length),
    AGE,
  ],
  '/namespaces': [NAME, column('Status', (object) => textAt(status(object), 'phase')), AGE],
  '/services': [
    NAME,
    column('Type', (object) => textAt(spec(object), 'type')),
    column('Cluster-IP', (object) => textAt(spec(object), 'clusterIP') || '<none>'),
    column('External-IP', externalAddress),
    column('Port(s)', servicePorts),
    AGE,
    wide('Selector', (object) => selectorText(objectAt(object, 'spec', 'selector'))),
  ],
  '/events': [
    column('Last Seen', (object, now) => age(textAt(object, 'lastTimestamp') || textAt(object, 'eventTime'), now)),
    column('Type', (object) => textAt(object, 'type')),
    column('Reason', (object) => textAt(object, 'reason')),
    column(
      'Object',
      (object) =>
        `${textAt(object, 'involvedObject', 'kind').toLowerCase()}/${textAt(object, 'involvedObject', 'name')}`,
    ),
    column('Message', (object) => textAt(object, 'message')),
    wide('Name', nameCell),
  ],
  '/nodes': [
    NAME,
    column('Status', (object) =>
      members(status(object), 'conditions').some((one) => one['type'] === 'Ready' && one['status'] === 'True')
        ? 'Ready'
        : 'NotReady',
    ),
    column('Roles', () => '<none>'),
    AGE,
    column('Version', (object) => textAt(status(object), 'nodeInfo', 'kubeletVersion')),
  ],
  '/persistentvolumeclaims': [
    NAME,
    column('Status', (object) => textAt(status(object), 'phase')),
    column('Volume', (object) => textAt(spec(object), 'volumeName')),
    column('Capacity', (object) => textAt(status(object), 'capacity', 'storage')),
    column('Access Modes', (object) => listAt(object, 'spec', 'accessModes').map(String).join(',')),
    column('StorageClass', (object) => textAt(spec(object), 'storageClassName')),
    AGE,
  ],
  '/serviceaccounts': [NAME, integer('Secrets', (object) => listAt(object, 'secrets').length), AGE],
  'apps/deployments': [
    NAME,
    column(
      'Ready',
      (object) => `${numberAt(status(object), ['readyReplicas'])}/${numberAt(spec(object), ['replicas'])}`,
    ),
    integer('Up-to-date', (object) => numberAt(status(object), ['updatedReplicas'])),
    integer('Available', (object) => numberAt(status(object), ['availableReplicas'])),
    AGE,
    containers,
    images,
    selector,
  ],
  'apps/replicasets': [
    NAME,
    integer('Desired', (object) => numberAt(spec(object), ['replicas'])),
    integer('Current', (object) => numberAt(status(object), ['replicas'])),
    integer('Ready', (object) => numberAt(status(object), ['readyReplicas'])),
    AGE,
    containers,
    images,
    selector,
  ],
  'apps/statefulsets': [
    NAME,
    column(
      'Ready',
      (object) => `${numberAt(status(object), ['readyReplicas'])}/${numberAt(spec(object), ['replicas'])}`,
    ),
    AGE,
    containers,
    images,
  ],
  'apps/daemonsets': [
    NAME,
    integer('Desired', (object) => numberAt(status(object), ['desiredNumberScheduled'])),
    integer('Current', (object) => numberAt(status(object), ['currentNumberScheduled'])),
    integer('Ready', (object) => numberAt(status(object), ['numberReady'])),
    integer('Up-to-date', (object) => numberAt(status(object), ['updatedNumberScheduled'])),
    integer('Available', (object) => numberAt(status(object), ['numberAvailable'])),
    column('Node Selector', (object) => selectorText(objectAt(podSpec(object), 'nodeSelector'))),
    AGE,
    containers,
    images,
    selector,
  ],
  'batch/jobs': [
    NAME,
    column('Status', jobStatus),
    column(
      'Completions',
      (object) => `${numberAt(status(object), ['succeeded'])}/${numberAt(spec(object), ['completions'], 1)}`,
    ),
    column('Duration', (object, now) =>
      textAt(status(object), 'startTime') === ''
        ? ''
        : age(textAt(status(object), 'startTime'), Date.parse(textAt(status(object), 'completionTime')) || now),
    ),
    AGE,
    containers,
    images,
  ],
  'batch/cronjobs': [
    NAME,
    column('Schedule', (object) => textAt(spec(object), 'schedule')),
    column('Timezone', (object) => textAt(spec(object), 'timeZone') || '<none>'),
    column('Suspend', (object) => (spec(object)['suspend'] === true ? 'True' : 'False')),
    integer('Active', (object) => listAt(object, 'status', 'active').length),
    column('Last Schedule', (object, now) =>
      textAt(status(object), 'lastScheduleTime') === ''
        ? '<none>'
        : age(textAt(status(object), 'lastScheduleTime'), now),
    ),
    AGE,
  ],
  'networking.k8s.io/ingresses': [
    NAME,
    column('Class', (object) => textAt(spec(object), 'ingressClassName') || '<none>'),
    column(
      'Hosts',
      (object) =>
        listAt(object, 'spec', 'rules')
          .map((rule) => textAt(rule, 'host') || '*')
          .join(',') || '*',
    ),
    column('Address', (object) =>
      listAt(object, 'status', 'loadBalancer', 'ingress')
        .map((one) => textAt(one, 'ip'))
        .join(','),
    ),
    column('Ports', (object) => (listAt(object, 'spec', 'tls').length > 0 ? '80, 443' : '80')),
    AGE,
  ],
  'apiextensions.k8s.io/customresourcedefinitions': [
    NAME,
    column('Created At', (object) => textAt(object, 'metadata', 'creationTimestamp')),
  ],
};

/** The columns of a resource: its own, those of its definition, or name and age. */
export function columnsOf(resource: Resource): Column[] {
  const known = TABLE[resource.storage];
  if (known) return known;
  const own = resource.custom?.columns ?? [];
  if (own.length === 0) return [NAME, AGE];
  return [NAME, ...own.map((one): Column => ({ ...one, cell: (object, now) => customCell(object, one, now) }))];
}

function customCell(object: JsonObject, column: { jsonPath: string; type: string }, now: number): JsonValue {
  const value = readPath(object, column.jsonPath);
  if (value === undefined || value === null) return null;
  if (column.type === 'date') return typeof value === 'string' ? age(value, now) : '<unknown>';
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : value;
}
