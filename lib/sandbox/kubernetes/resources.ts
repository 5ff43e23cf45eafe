import { loadKubernetesSchema } from '#lib/sandbox/openapi/load.ts';
import { resolveSchema } from '#lib/domain/schema/navigate.ts';
import type { GroupVersionKind, SchemaNode, SubresourceSchema } from '#lib/domain/schema/types.ts';
import { type Shape, Shapes } from './apply/shape.ts';

/** Where a printed column of a custom resource reads. */
export interface PrinterColumn {
  name: string;
  type: string;
  format: string;
  description: string;
  priority: number;
  jsonPath: string;
}

/** What a custom resource has beyond its schema. */
export interface CustomTraits {
  crd: string;
  storageVersion: string;
  status: boolean;
  scale: { spec: string[]; status: string[]; selector: string[] } | undefined;
  columns: PrinterColumn[];
  selectableFields: string[];
}

/** One resource of one group version, as served. */
export interface Resource {
  group: string;
  version: string;
  plural: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  shortNames: string[];
  categories: string[];
  verbs: string[];
  subresources: SubresourceSchema[];
  /** `group/plural`: versions of one resource share a table. */
  storage: string;
  apiVersion: string;
  schema: SchemaNode;
  shape: Shape;
  /** Whether the schema keeps `spec` and `status` apart and counts generations. */
  custom: CustomTraits | undefined;
}

export const apiVersionOf = (group: string, version: string): string =>
  group === '' ? version : `${group}/${version}`;
export const resourceKey = (group: string, version: string, plural: string): string => `${group}/${version}/${plural}`;

export interface GroupVersion {
  group: string;
  version: string;
}

interface BuiltIns {
  shapes: Shapes;
  resources: Map<string, Resource>;
  groupVersions: GroupVersion[];
}

let builtIns: BuiltIns | undefined;

/** Resources every cluster serves; compiled once and shared by all clusters of the process. */
export function builtInResources(): BuiltIns {
  builtIns ??= compile();
  return builtIns;
}

function compile(): BuiltIns {
  const bundle = loadKubernetesSchema();
  const shapes = new Shapes(bundle.definitions);
  const resources = new Map<string, Resource>();
  for (const one of bundle.groupVersions) {
    for (const found of one.resources) {
      const name = one.kinds[found.kind];
      const schema = name === undefined ? {} : (bundle.definitions[name] ?? {});
      const resource: Resource = {
        ...found,
        group: one.group,
        version: one.version,
        storage: one.group === 'events.k8s.io' ? '/events' : `${one.group}/${found.plural}`,
        apiVersion: apiVersionOf(one.group, one.version),
        schema: resolveSchema(schema, bundle.definitions),
        shape: shapes.of(schema),
        custom: undefined,
      };
      resources.set(resourceKey(one.group, one.version, found.plural), resource);
    }
  }
  const groupVersions = bundle.groupVersions.map(({ group, version }) => ({ group, version }));
  return { shapes, resources, groupVersions };
}

/** The resources one cluster serves: the built-in ones and those of its own definitions. */
export class ResourceRegistry {
  readonly #custom = new Map<string, Resource>();

  find(group: string, version: string, plural: string): Resource | undefined {
    const key = resourceKey(group, version, plural);
    return this.#custom.get(key) ?? builtInResources().resources.get(key);
  }

  findKind(kind: GroupVersionKind): Resource | undefined {
    for (const resource of this.all()) {
      if (resource.kind === kind.kind && resource.group === kind.group && resource.version === kind.version)
        return resource;
    }
    return undefined;
  }

  /** The first served version of a stored resource. */
  ofStorage(storage: string): Resource | undefined {
    for (const resource of this.all()) if (resource.storage === storage) return resource;
    return undefined;
  }

  *all(): Iterable<Resource> {
    yield* builtInResources().resources.values();
    yield* this.#custom.values();
  }

  /** Served group versions, preferred first in each group. */
  groupVersions(): GroupVersion[] {
    const result = [...builtInResources().groupVersions];
    for (const { group, version } of this.#custom.values()) {
      if (!result.some((one) => one.group === group && one.version === version)) result.push({ group, version });
    }
    return result;
  }

  ofGroupVersion(group: string, version: string): Resource[] {
    return [...this.all()].filter((resource) => resource.group === group && resource.version === version);
  }

  /** Replaces what a definition serves; an empty list withdraws it. */
  serve(crd: string, resources: Resource[]): void {
    for (const [key, resource] of this.#custom) if (resource.custom?.crd === crd) this.#custom.delete(key);
    for (const resource of resources) {
      this.#custom.set(resourceKey(resource.group, resource.version, resource.plural), resource);
    }
  }
}
