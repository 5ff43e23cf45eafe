import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import { loadKubernetesSchema } from '#lib/sandbox/openapi/load.ts';
import { resolveSchema } from '#lib/domain/schema/navigate.ts';
import type { SchemaNode } from '#lib/domain/schema/types.ts';
import type { Cluster } from '../cluster.ts';
import { type ApiRequest, type Reply, json } from '../request.ts';
import { asks } from '../represent.ts';
import { type GroupVersion, type Resource, apiVersionOf } from '../resources.ts';
import { pathNotFound } from '../status.ts';

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

function groupsOf(cluster: Cluster): Map<string, GroupVersion[]> {
  return Map.groupBy(
    cluster.registry.groupVersions().filter((one) => one.group !== ''),
    (one) => one.group,
  );
}

function describeGroup(group: string, versions: GroupVersion[]): JsonObject {
  const list = versions.map(({ version }) => ({ groupVersion: apiVersionOf(group, version), version }));
  return { name: group, versions: list, preferredVersion: list[0] ?? {} };
}

function legacyResources(resources: Resource[], groupVersion: string): JsonObject {
  const list = resources.flatMap((resource): JsonObject[] => [
    {
      name: resource.plural,
      singularName: resource.singular,
      namespaced: resource.namespaced,
      kind: resource.kind,
      verbs: resource.verbs,
      ...(resource.shortNames.length > 0 ? { shortNames: resource.shortNames } : {}),
      ...(resource.categories.length > 0 ? { categories: resource.categories } : {}),
      ...(resource.verbs.includes('list')
        ? { storageVersionHash: createHash('sha256').update(resource.storage).digest('base64').slice(0, 12) }
        : {}),
    },
    ...resource.subresources.map((sub): JsonObject => ({
      name: `${resource.plural}/${sub.name}`,
      singularName: '',
      namespaced: resource.namespaced,
      ...(sub.kind.group === resource.group && sub.kind.version === resource.version
        ? {}
        : { group: sub.kind.group, version: sub.kind.version }),
      kind: sub.kind.kind,
      verbs: sub.verbs,
    })),
  ]);
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: list };
}

function aggregatedResource(resource: Resource): JsonObject {
  const subs = resource.subresources.map((sub): JsonObject => ({
    subresource: sub.name,
    responseKind: { ...sub.kind },
    verbs: sub.verbs,
  }));
  return {
    resource: resource.plural,
    responseKind: { group: resource.group, version: resource.version, kind: resource.kind },
    scope: resource.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: resource.singular,
    verbs: resource.verbs,
    ...(resource.shortNames.length > 0 ? { shortNames: resource.shortNames } : {}),
    ...(resource.categories.length > 0 ? { categories: resource.categories } : {}),
    ...(subs.length > 0 ? { subresources: subs } : {}),
  };
}

function aggregated(cluster: Cluster, groups: Map<string, GroupVersion[]>): Reply {
  const items = [...groups].map(([group, versions]): JsonObject => ({
    metadata: group === '' ? { creationTimestamp: null } : { name: group, creationTimestamp: null },
    versions: versions.map(({ version }) => ({
      version,
      resources: cluster.registry.ofGroupVersion(group, version).map((one) => aggregatedResource(one)),
      freshness: 'Current',
    })),
  }));
  const body: JsonObject = { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items };
  return { kind: 'json', code: 200, body, type: AGGREGATED };
}

function groupVersionDocument(cluster: Cluster, group: string, version: string): Reply {
  const resources = cluster.registry.ofGroupVersion(group, version);
  if (
    resources.length === 0 &&
    !cluster.registry.groupVersions().some((one) => one.group === group && one.version === version)
  )
    throw pathNotFound();
  return json(legacyResources(resources, apiVersionOf(group, version)));
}

/** Answers `/api…`, `/apis…`, `/version`, `/openapi/…` and the probes; undefined for paths that name objects. */
export function discover(request: ApiRequest): Reply | undefined {
  const { cluster } = request;
  const parts = request.path.split('/').filter((part) => part !== '');
  const [root, first, second] = parts;
  const aggregate = asks(request.accept, 'APIGroupDiscoveryList');
  if (root === 'version' && parts.length === 1) return json(versionInfo());
  if (root === 'healthz' || root === 'livez' || root === 'readyz') return { kind: 'text', code: 200, text: 'ok' };
  if (root === 'openapi') return openApi(cluster, parts.slice(1));
  if (root === 'api' && parts.length === 1) {
    if (aggregate) return aggregated(cluster, new Map([['', [{ group: '', version: 'v1' }]]]));
    return json({ kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] });
  }
  if (root === 'api' && parts.length === 2 && first !== undefined) return groupVersionDocument(cluster, '', first);
  if (root !== 'apis') return undefined;
  const groups = groupsOf(cluster);
  if (parts.length === 1) {
    if (aggregate) return aggregated(cluster, groups);
    return json({
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: [...groups].map(([group, versions]) => describeGroup(group, versions)),
    });
  }
  if (first === undefined || parts.length > 3) return undefined;
  const versions = groups.get(first);
  if (!versions) throw pathNotFound();
  if (parts.length === 2) return json({ kind: 'APIGroup', apiVersion: 'v1', ...describeGroup(first, versions) });
  return second === undefined ? undefined : groupVersionDocument(cluster, first, second);
}

function versionInfo(): JsonObject {
  const gitVersion = loadKubernetesSchema().kubernetesVersion;
  const [, major = '1', minor = '0'] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? [];
  return {
    major,
    minor,
    gitVersion,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: 'go1.26',
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}

const PREFIX = '#/components/schemas/';
const documents = new Map<string, { text: string; hash: string }>();

/** References in the published form. */
function publish(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => publish(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === '$ref' && typeof member === 'string' && !member.startsWith('#') ? `${PREFIX}${member}` : publish(member),
    ]),
  );
}

const asJson = (node: SchemaNode): JsonValue => {
  const value: JsonValue = JSON.parse(JSON.stringify(node));
  return value;
};

function collect(node: SchemaNode, into: Map<string, SchemaNode>): void {
  const { definitions } = loadKubernetesSchema();
  const name = node.$ref?.replace(PREFIX, '');
  const target = name === undefined ? undefined : definitions[name];
  if (name !== undefined && target && !into.has(name)) {
    into.set(name, target);
    collect(target, into);
  }
  for (const child of Object.values(node.properties ?? {})) collect(child, into);
  for (const child of [node.items, node.additionalProperties, ...(node.allOf ?? [])])
    if (typeof child === 'object') collect(child, into);
}

const definitionName = (resource: Resource): string => {
  const known = loadKubernetesSchema().groupVersions.find(
    (one) => one.group === resource.group && one.version === resource.version,
  )?.kinds[resource.kind];
  return known ?? `${resource.group.split('.').toReversed().join('.')}.${resource.version}.${resource.kind}`;
};

function buildDocument(cluster: Cluster, group: string, version: string): { text: string; hash: string } {
  const resources = cluster.registry.ofGroupVersion(group, version);
  const key = resources.every((one) => !one.custom) ? `${group}/${version}` : '';
  const cached = documents.get(key);
  if (key !== '' && cached) return cached;
  const schemas = new Map<string, SchemaNode>();
  const paths: JsonObject = {};
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  for (const resource of resources) {
    const gvk = { group, version, kind: resource.kind };
    const schema = resolveSchema(resource.schema, loadKubernetesSchema().definitions);
    schemas.set(definitionName(resource), { ...schema, 'x-kubernetes-group-version-kind': [gvk] });
    collect(schema, schemas);
    const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
      name,
      in: 'query',
      schema: { type: 'string' },
    }));
    const operation = { 'x-kubernetes-group-version-kind': gvk, parameters };
    const path = `${root}${resource.namespaced ? '/namespaces/{namespace}' : ''}/${resource.plural}`;
    paths[`${path}/{name}`] = {
      get: { ...operation, 'x-kubernetes-action': 'get' },
      patch: { ...operation, 'x-kubernetes-action': 'patch' },
    };
    paths[path] = { post: { ...operation, 'x-kubernetes-action': 'post' } };
  }
  const components = { schemas: Object.fromEntries([...schemas].map(([name, node]) => [name, publish(asJson(node))])) };
  const text = JSON.stringify({
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: loadKubernetesSchema().kubernetesVersion },
    paths,
    components,
  });
  const document = { text, hash: createHash('sha256').update(text).digest('hex').toUpperCase() };
  if (key !== '') documents.set(key, document);
  return document;
}

function openApi(cluster: Cluster, parts: string[]): Reply {
  if (parts[0] !== 'v3') throw pathNotFound();
  if (parts.length === 1) {
    const paths: JsonObject = {};
    for (const { group, version } of cluster.registry.groupVersions()) {
      const name = group === '' ? `api/${version}` : `apis/${group}/${version}`;
      const custom = cluster.registry.ofGroupVersion(group, version).some((one) => one.custom);
      const hash = custom
        ? buildDocument(cluster, group, version).hash
        : createHash('sha256').update(`${name}${loadKubernetesSchema().kubernetesVersion}`).digest('hex').toUpperCase();
      paths[name] = { serverRelativeURL: `/openapi/v3/${name}?hash=${hash}` };
    }
    return json({ paths });
  }
  const [kind, group = '', version = ''] = parts.slice(1);
  const wanted = kind === 'api' ? { group: '', version: group } : { group, version };
  const known = cluster.registry
    .groupVersions()
    .some((one) => one.group === wanted.group && one.version === wanted.version);
  if (!known) throw pathNotFound();
  return {
    kind: 'text',
    code: 200,
    text: buildDocument(cluster, wanted.group, wanted.version).text,
    type: 'application/json',
  };
}
