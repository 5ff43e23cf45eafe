import type { JsonValue } from '#lib/domain/resource/manifest.ts';

export type SchemaType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';

export interface GroupVersionKind {
  group: string;
  version: string;
  kind: string;
}

/** How the elements of a list are told apart when two writers merge it. */
export type ListType = 'atomic' | 'set' | 'map';

/**
 * One node of an OpenAPI v3 schema as Kubernetes publishes it and as a CRD declares it.
 * The captured bundle holds the first part only; the validation keywords come with CRDs.
 */
export interface SchemaNode {
  /** `#/components/schemas/<name>`, or the bare name of a definition. */
  $ref?: string;
  type?: SchemaType;
  /** `int-or-string`, `quantity`, `date-time`, `byte`, `int32`, … */
  format?: string;
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
  additionalProperties?: SchemaNode | boolean;
  required?: string[];
  enum?: JsonValue[];
  default?: JsonValue;
  nullable?: boolean;
  'x-kubernetes-list-type'?: ListType;
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-map-type'?: 'atomic' | 'granular';
  /** Comma-separated, such as `merge,retainKeys`. */
  'x-kubernetes-patch-strategy'?: string;
  'x-kubernetes-patch-merge-key'?: string;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-embedded-resource'?: boolean;
  'x-kubernetes-group-version-kind'?: GroupVersionKind[];
  'x-kubernetes-unions'?: JsonValue;

  allOf?: SchemaNode[];
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  not?: SchemaNode;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: boolean;
  exclusiveMaximum?: boolean;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minProperties?: number;
  maxProperties?: number;
  'x-kubernetes-validations'?: JsonValue;
}

/** Definitions by name, such as `io.k8s.api.apps.v1.Deployment`. */
export type SchemaDefinitions = Record<string, SchemaNode>;

/** `deployments/scale` and the like: what follows the object's name, and the kind it speaks. */
export interface SubresourceSchema {
  name: string;
  kind: GroupVersionKind;
  verbs: string[];
}

/** One served resource, from discovery. */
export interface ResourceSchema {
  plural: string;
  singular: string;
  /** Of the body; its group and version differ from the resource's own only for odd ones such as `tokenreviews`. */
  kind: string;
  namespaced: boolean;
  shortNames: string[];
  categories: string[];
  verbs: string[];
  subresources: SubresourceSchema[];
}

export interface GroupVersionSchema {
  /** '' for core. */
  group: string;
  version: string;
  resources: ResourceSchema[];
  /** Definition name by kind. */
  kinds: Record<string, string>;
}

/** What a cluster serves and how its objects are shaped. Group versions are in the server's order, preferred first. */
export interface KubernetesSchemaBundle {
  /** The server's gitVersion, such as `v1.36.3`. */
  kubernetesVersion: string;
  groupVersions: GroupVersionSchema[];
  definitions: SchemaDefinitions;
}
