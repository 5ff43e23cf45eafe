import { parseApiVersion } from '../resource/manifest.ts';
import type { GroupVersionKind, SchemaDefinitions, SchemaNode } from './types.ts';

/** Schemas of the kinds a cluster serves, as the comparison needs them. */
export interface SchemaLookup {
  definitions: SchemaDefinitions;
  /** Root schema of a kind; undefined when nothing is known about it. */
  find(kind: GroupVersionKind): SchemaNode | undefined;
}

/** The schema of one manifest's kind in the form the comparison takes; null when nothing is known about it. */
export function schemaOfManifest(
  lookup: SchemaLookup,
  manifest: { apiVersion: string; kind: string },
): { root: SchemaNode; definitions: SchemaDefinitions } | null {
  const root = lookup.find({ ...parseApiVersion(manifest.apiVersion), kind: manifest.kind });
  return root ? { root, definitions: lookup.definitions } : null;
}
