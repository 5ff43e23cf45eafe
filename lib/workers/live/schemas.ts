import { isObject } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import type { SchemaLookup } from '#lib/domain/schema/lookup.ts';
import { reduceDefinitions } from '#lib/domain/schema/reduce.ts';
import type { GroupVersionKind, SchemaDefinitions, SchemaNode } from '#lib/domain/schema/types.ts';
import { type ClusterClient, ClusterError } from '#lib/ports/cluster.ts';

interface Document {
  definitions: SchemaDefinitions;
  /** Root schema by `group/version/Kind`. */
  roots: Map<string, SchemaNode>;
}

/** Built-in groups of one Kubernetes version are the same everywhere, so clusters share them. */
const shared = new Map<string, Promise<Document | null>>();

const nameOf = ({ group, version, kind }: GroupVersionKind) => `${group}/${version}/${kind}`;

/** Schemas of one cluster, fetched by group version when first needed. */
export class ClusterSchemas implements SchemaLookup {
  readonly definitions: SchemaDefinitions = {};
  readonly #roots = new Map<string, SchemaNode>();
  readonly #loading = new Map<string, Promise<void>>();
  readonly #client: ClusterClient;

  constructor(client: ClusterClient) {
    this.#client = client;
  }

  find(kind: GroupVersionKind): SchemaNode | undefined {
    return this.#roots.get(nameOf(kind));
  }

  /** Loads the schemas of a group version once; one that cannot be had is left out and asked for again next time. */
  async load(group: string, version: string, kubernetesVersion: string): Promise<void> {
    const path = group === '' ? `api/${version}` : `apis/${group}/${version}`;
    const running = this.#loading.get(path) ?? this.#fetch(path, group, kubernetesVersion);
    this.#loading.set(path, running);
    try {
      await running;
    } catch (error) {
      this.#loading.delete(path);
      if (!(error instanceof ClusterError)) throw error;
    }
  }

  async #fetch(path: string, group: string, kubernetesVersion: string): Promise<void> {
    const isShared = !group.includes('.') || group.endsWith('.k8s.io');
    const document = isShared
      ? await this.#fetchShared(`${kubernetesVersion} ${path}`, path)
      : await read(this.#client, path);
    if (!document) return;
    Object.assign(this.definitions, document.definitions);
    for (const [name, root] of document.roots) this.#roots.set(name, root);
  }

  async #fetchShared(name: string, path: string): Promise<Document | null> {
    const document = shared.get(name) ?? read(this.#client, path);
    shared.set(name, document);
    try {
      return await document;
    } catch (error) {
      shared.delete(name);
      throw error;
    }
  }
}

async function read(client: ClusterClient, path: string): Promise<Document | null> {
  const document = await client.openApi(path);
  if (!document) return null;
  const definitions = definitionsOf(document);
  const roots = new Map<string, SchemaNode>();
  for (const node of Object.values(definitions))
    for (const kind of node['x-kubernetes-group-version-kind'] ?? []) roots.set(nameOf(kind), node);
  return { definitions, roots };
}

function definitionsOf(document: JsonObject): SchemaDefinitions {
  return isObject(document['components'])
    ? reduceDefinitions(document)
    : reduceDefinitions({ components: { schemas: document } });
}
