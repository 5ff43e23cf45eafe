import { eventually, itemsAt, type JsonMap } from '../controlplane/api-client.ts';
import { created, type Subject } from './subject.ts';

export const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** A kind of a case's own, served. */
export interface CustomKind {
  group: string;
  /** Name of the CustomResourceDefinition. */
  definition: string;
  apiVersion: string;
  kind: string;
  /** Path in the namespace of the subject: `path('one', 'status')`. */
  path(...parts: string[]): string;
  object(name: string, content?: JsonMap): JsonMap;
}

/** A definition of `Widget` in `group`; `spec` is the schema of its spec, `extra` goes into the version. */
export function definition(group: string, spec: JsonMap, extra: JsonMap = {}): JsonMap {
  const status = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList', shortNames: ['wd'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec, status } } },
          ...extra,
        },
      ],
    },
  };
}

export const isEstablished = (stored: JsonMap): boolean =>
  itemsAt(stored, 'status.conditions').some((one) => one['type'] === 'Established' && one['status'] === 'True');

/** Defines a kind in a group of its own and waits until the server serves it. */
export async function establish(subject: Subject, spec: JsonMap, extra: JsonMap = {}): Promise<CustomKind> {
  const { api, ns, unique } = subject;
  const group = `${unique('group')}.${ns}.example.org`;
  created(await api.create(DEFINITIONS, definition(group, spec, extra)));
  const name = `widgets.${group}`;
  const base = `/apis/${group}/v1/namespaces/${ns}/widgets`;
  await eventually(`${name} is served`, async () => {
    const stored = await api.get(`${DEFINITIONS}/${name}`);
    return isEstablished(stored.json) && (await api.get(base)).status === 200;
  });
  const apiVersion = `${group}/v1`;
  return {
    group,
    definition: name,
    apiVersion,
    kind: 'Widget',
    path: (...parts) => [base, ...parts].join('/'),
    object: (one, content = {}) => ({ apiVersion, kind: 'Widget', metadata: { name: one }, ...content }),
  };
}
