import { expect } from 'vitest';
import {
  ApiClient,
  type ApiReply,
  type ApiTarget,
  type JsonMap,
  at,
  itemsAt,
  textAt,
} from '../controlplane/api-client.ts';

/** An API server under test. */
export interface ContractTarget extends ApiTarget {
  /** Whether Deployments, Jobs and pods move. */
  controllers: boolean;
  /** Makes the server forget its history up to now: older continue tokens answer 410. Absent = cannot be asked. */
  expireHistory?: () => Promise<void>;
}

/** What a case gets: a client and a namespace shared with the other cases of its topic. */
export class Subject {
  readonly target: ContractTarget;
  readonly api: ApiClient;
  readonly ns: string;
  #count = 0;

  constructor(target: ContractTarget, ns: string) {
    this.target = target;
    this.api = new ApiClient(target);
    this.ns = ns;
  }

  /** A name no other case of this namespace uses. */
  readonly unique = (prefix: string): string => {
    this.#count += 1;
    return `${prefix}-${this.#count}`;
  };

  #in(base: string, parts: string[]): string {
    return [`${base}/namespaces/${this.ns}`, ...parts].join('/');
  }

  /** Path of a core resource of the namespace: `core('pods', 'a', 'status')`. */
  readonly core = (...parts: string[]): string => this.#in('/api/v1', parts);

  readonly apps = (...parts: string[]): string => this.#in('/apis/apps/v1', parts);

  readonly batch = (...parts: string[]): string => this.#in('/apis/batch/v1', parts);

  /** Creates a ConfigMap and answers it as stored. */
  readonly newConfigMap = async (name: string, extra: JsonMap = {}): Promise<JsonMap> =>
    created(await this.api.create(this.core('configmaps'), configMap(name, extra)));

  readonly newDeployment = async (name: string, spec: JsonMap = {}): Promise<JsonMap> =>
    created(await this.api.create(this.apps('deployments'), deployment(name, spec)));

  readonly read = async (path: string): Promise<JsonMap> => ok(await this.api.get(path));
}

export interface ContractCase {
  name: string;
  /** `controllers`: only where Deployments and the like move; `expiry`: only where history can be expired. */
  needs?: 'controllers' | 'expiry';
  run(subject: Subject): Promise<void>;
}

export interface ContractTopic {
  topic: string;
  cases: ContractCase[];
}

function demand(reply: ApiReply, status: number): JsonMap {
  if (reply.status !== status) throw new Error(`Expected ${status}, got ${reply.status}: ${reply.text.slice(0, 2000)}`);
  return reply.json;
}

/** The body of a 200. */
export const ok = (reply: ApiReply): JsonMap => demand(reply, 200);
/** The body of a 201. */
export const created = (reply: ApiReply): JsonMap => demand(reply, 201);

/** Asserts a `Status` body with this code and reason; answers it. */
export function failure(reply: ApiReply, code: number, reason: string): JsonMap {
  expect({ status: reply.status, json: reply.json }).toMatchObject({
    status: code,
    json: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, code },
  });
  return reply.json;
}

/** `[field, reason]` of each cause of a failed call. */
export function causes(status: JsonMap): string[][] {
  return itemsAt(status, 'details.causes').map((cause) => [textAt(cause, 'field'), textAt(cause, 'reason')]);
}

export const names = (list: JsonMap): string[] => itemsAt(list, 'items').map((item) => textAt(item, 'metadata.name'));
export const version = (object: JsonMap): string => textAt(object, 'metadata.resourceVersion');

/** The entry of a field manager; throws when there is none. */
export function entryOf(object: JsonMap, manager: string, operation: string, subresource?: string): JsonMap {
  const found = managers(object).find(
    (entry) =>
      entry['manager'] === manager &&
      entry['operation'] === operation &&
      (entry['subresource'] ?? '') === (subresource ?? ''),
  );
  if (!found) throw new Error(`No ${operation} entry of ${manager} in ${JSON.stringify(managers(object))}`);
  return found;
}

export const managers = (object: JsonMap): JsonMap[] => itemsAt(object, 'metadata.managedFields');

/** The fields a manager owns by `operation`. */
export const fieldsOf = (object: JsonMap, manager: string, operation = 'Apply', subresource?: string) =>
  at(entryOf(object, manager, operation, subresource), 'fieldsV1');

export function configMap(name: string, extra: JsonMap = {}): JsonMap {
  const { metadata, ...rest } = extra;
  const more = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) ? metadata : {};
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...more }, ...rest };
}

const RESOURCES = { requests: { cpu: '10m', memory: '16Mi' } };

export function container(name: string, extra: JsonMap = {}): JsonMap {
  return { name, image: `registry.example/${name}:1.0.0`, ...extra };
}

export function deployment(name: string, spec: JsonMap = {}): JsonMap {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { app: name } },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [container('web', { resources: RESOURCES, ports: [{ containerPort: 8080 }] })] },
      },
      ...spec,
    },
  };
}

export function service(name: string, ports: JsonMap[]): JsonMap {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: { app: name }, ports } };
}

export function job(name: string, spec: JsonMap = {}): JsonMap {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [container('work')] } }, ...spec },
  };
}
