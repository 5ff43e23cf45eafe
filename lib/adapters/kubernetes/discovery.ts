import { isObject, listAt, textAt } from '#lib/domain/resource/json.ts';
import { type ApiKind, type CallOptions, ClusterError } from '#lib/ports/cluster.ts';
import { ACCEPT } from './requests.ts';
import type { Call, Transport } from './transport.ts';

const texts = (values: unknown[]): string[] => values.filter((value) => typeof value === 'string');

/** Kinds of an aggregated document; null when the server answered something else. */
export function parseAggregated(document: unknown): ApiKind[] | null {
  if (textAt(document, 'kind') !== 'APIGroupDiscoveryList') return null;
  return listAt(document, 'items').flatMap((group) =>
    listAt(group, 'versions').flatMap((version) =>
      listAt(version, 'resources').map((resource) => ({
        group: textAt(group, 'metadata', 'name'),
        version: textAt(version, 'version'),
        kind: textAt(resource, 'responseKind', 'kind'),
        plural: textAt(resource, 'resource'),
        namespaced: textAt(resource, 'scope') === 'Namespaced',
        verbs: texts(listAt(resource, 'verbs')),
        subresources: listAt(resource, 'subresources').map((one) => textAt(one, 'subresource')),
      })),
    ),
  );
}

/** Kinds of one APIResourceList, subresources folded into their kind. */
export function parseResourceList(
  document: unknown,
  { group, version }: { group: string; version: string },
): ApiKind[] {
  const resources = listAt(document, 'resources').filter(isObject);
  const nameOf = (resource: unknown) => textAt(resource, 'name');
  return resources
    .filter((resource) => !nameOf(resource).includes('/'))
    .map((resource) => ({
      group,
      version,
      kind: textAt(resource, 'kind'),
      plural: nameOf(resource),
      namespaced: resource['namespaced'] === true,
      verbs: texts(listAt(resource, 'verbs')),
      subresources: resources
        .map(nameOf)
        .filter((name) => name.startsWith(`${nameOf(resource)}/`))
        .map((name) => name.slice(nameOf(resource).length + 1)),
    }));
}

const isKind = (kind: ApiKind) => kind.kind !== '' && kind.plural !== '' && kind.version !== '';

/** Group versions of an APIGroupList, preferred first within each group. */
export function parseGroupList(document: unknown): { group: string; version: string }[] {
  return listAt(document, 'groups').flatMap((group) => {
    const preferred = textAt(group, 'preferredVersion', 'version');
    return listAt(group, 'versions')
      .map((version) => textAt(version, 'version'))
      .sort((a, b) => Number(b === preferred) - Number(a === preferred))
      .map((version) => ({ group: textAt(group, 'name'), version }));
  });
}

/** Every kind the cluster serves: core first, then groups in the server's order, preferred version first. */
export async function discoverKinds(transport: Transport, options: CallOptions | undefined): Promise<ApiKind[]> {
  const call = (path: string, accept: string): Call => ({
    what: 'read what the cluster serves',
    method: 'GET',
    path,
    accept,
    repeatable: true,
    options,
    timeoutMs: transport.settings.listTimeoutMs,
  });
  const [core, groups] = await Promise.all([
    transport.json(call('/api', ACCEPT.discovery)),
    transport.json(call('/apis', ACCEPT.discovery)),
  ]);
  /** An aggregated API whose backend is down must not hide all other kinds. */
  const legacy = async (path: string, groupVersion: { group: string; version: string }): Promise<ApiKind[]> => {
    try {
      return parseResourceList(await transport.json(call(path, ACCEPT.json)), groupVersion);
    } catch (error) {
      const tolerable = error instanceof ClusterError && (error.reason === 'server' || error.reason === 'not-found');
      if (!tolerable) throw error;
      return [];
    }
  };
  const coreKinds =
    parseAggregated(core) ??
    (
      await Promise.all(
        texts(listAt(core, 'versions')).map((version) => legacy(`/api/${version}`, { group: '', version })),
      )
    ).flat();
  const groupKinds =
    parseAggregated(groups) ??
    (await Promise.all(parseGroupList(groups).map((one) => legacy(`/apis/${one.group}/${one.version}`, one)))).flat();
  return [...coreKinds, ...groupKinds].filter(isKind);
}
