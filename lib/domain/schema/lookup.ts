import type { GroupVersionKind, SchemaDefinitions, SchemaNode } from './types.ts';

/** Schemas of the kinds a cluster serves, as the comparison needs them. */
export interface SchemaLookup {
  definitions: SchemaDefinitions;
  /** Root schema of a kind; undefined when nothing is known about it. */
  find(kind: GroupVersionKind): SchemaNode | undefined;
}
