import type { JsonObject, Manifest } from './manifest.ts';
import { isObject } from './json.ts';

const MAX_DEPTH = 100;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const KIND = /^[A-Za-z][A-Za-z0-9]{0,62}$/;
const API_VERSION = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[a-z][a-z0-9]*$/;
/** RBAC objects may be named with colons (`system:node`): the server only asks for one path segment. */
const PATH_SEGMENT_KINDS = new Set(['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']);
/** Kinds whose name becomes a DNS label. */
const LABEL_KINDS = new Set(['Namespace', 'Service']);

export type ParsedManifest = { manifest: Manifest; problems?: never } | { manifest?: never; problems: string[] };

/**
 * Checks that a value is a Kubernetes object that can be applied by name, and says in words what is wrong with it.
 * Fields outside apiVersion, kind and metadata are only checked to be JSON; the API server knows the rest.
 */
export function parseManifest(value: unknown): ParsedManifest {
  if (!isObject(value)) return { problems: [`expected a Kubernetes object, found ${describe(value)}`] };
  const problems = [...checkType(value), ...checkMetadata(value)];
  const json = checkJson(value);
  if (json !== null) problems.push(json);
  return problems.length === 0 && isManifest(value) ? { manifest: value } : { problems };
}

/** True when a value has the three things that make it an object of Kubernetes; {@link parseManifest} says what is wrong otherwise. */
export function isManifest(value: unknown): value is Manifest {
  if (!isObject(value) || typeof value['apiVersion'] !== 'string' || typeof value['kind'] !== 'string') return false;
  return isObject(value['metadata']) && typeof value['metadata']['name'] === 'string';
}

export interface ManifestProblem {
  /** Position among the values given, Lists counted as one. */
  index: number;
  /** `Deployment web`, as far as the value says. */
  object: string;
  problems: string[];
}

/** Parses many values, taking Lists apart and leaving out empty documents. Good ones are answered even when others are bad. */
export function parseManifests(values: readonly unknown[]): { manifests: Manifest[]; problems: ManifestProblem[] } {
  const manifests: Manifest[] = [];
  const problems: ManifestProblem[] = [];
  values.forEach((value, index) => {
    for (const item of flattenList(value)) {
      const parsed = parseManifest(item);
      if (parsed.problems === undefined) manifests.push(parsed.manifest);
      else problems.push({ index, object: nameOf(item), problems: parsed.problems });
    }
  });
  return { manifests, problems };
}

/** The items of a `List` (or `ConfigMapList`, …), lists in lists too; one element for anything else; none for an empty document. */
export function flattenList(value: unknown, depth = 0): unknown[] {
  if (value === null || value === undefined) return [];
  if (!isObject(value) || typeof value['kind'] !== 'string' || !value['kind'].endsWith('List')) return [value];
  const items = value['items'];
  if (!Array.isArray(items) || depth > 5) return items === null ? [] : [value];
  const version = value['apiVersion'];
  const itemKind = value['kind'].slice(0, -'List'.length);
  return items.flatMap((item) =>
    flattenList(
      itemKind === '' || !isObject(item) ? item : { apiVersion: version ?? null, kind: itemKind, ...item },
      depth + 1,
    ),
  );
}

/** The reason a name is refused for a kind, or null when it is fine. */
export function checkName(kind: string, name: string): string | null {
  if (PATH_SEGMENT_KINDS.has(kind)) {
    if (name === '.' || name === '..' || /[/%]/.test(name))
      return `metadata.name "${clip(name)}" cannot be "." or ".." or contain "/" or "%"`;
    return name.length > 253 ? 'metadata.name is longer than 253 characters' : null;
  }
  if (LABEL_KINDS.has(kind)) {
    return name.length <= 63 && LABEL.test(name)
      ? null
      : `metadata.name "${clip(name)}" must be at most 63 lower-case letters, digits or "-", and begin and end with a letter or digit`;
  }
  return name.length <= 253 && SUBDOMAIN.test(name)
    ? null
    : `metadata.name "${clip(name)}" must be at most 253 lower-case letters, digits, "-" or ".", and begin and end with a letter or digit`;
}

function checkType(value: JsonObject): string[] {
  const problems: string[] = [];
  const { apiVersion, kind } = value;
  if (apiVersion === undefined || apiVersion === null || apiVersion === '') problems.push('apiVersion is missing');
  else if (typeof apiVersion !== 'string' || !API_VERSION.test(apiVersion))
    problems.push(`apiVersion ${quote(apiVersion)} is not a group and version such as apps/v1`);
  if (kind === undefined || kind === null || kind === '') problems.push('kind is missing');
  else if (typeof kind !== 'string' || !KIND.test(kind)) problems.push(`kind ${quote(kind)} is not the name of a kind`);
  return problems;
}

function checkMetadata(value: JsonObject): string[] {
  const metadata = value['metadata'];
  if (metadata === undefined || metadata === null) return ['metadata is missing'];
  if (!isObject(metadata)) return [`metadata must be an object, found ${describe(metadata)}`];
  const problems: string[] = [];
  const { name, namespace, generateName } = metadata;
  if (name === undefined || name === null || name === '') {
    problems.push(
      generateName === undefined
        ? 'metadata.name is missing'
        : 'metadata.generateName makes a new object each time and cannot be compared; give metadata.name',
    );
  } else if (typeof name !== 'string') problems.push(`metadata.name must be text, found ${describe(name)}`);
  else if (typeof value['kind'] === 'string') problems.push(...present(checkName(value['kind'], name)));
  if (namespace !== undefined && namespace !== null && namespace !== '') {
    if (typeof namespace !== 'string') problems.push(`metadata.namespace must be text, found ${describe(namespace)}`);
    else if (namespace.length > 63 || !LABEL.test(namespace))
      problems.push(`metadata.namespace "${clip(namespace)}" is not a DNS label`);
  }
  return [...problems, ...checkTexts(metadata, 'labels'), ...checkTexts(metadata, 'annotations')];
}

function checkTexts(metadata: JsonObject, field: 'labels' | 'annotations'): string[] {
  const texts = metadata[field];
  if (texts === undefined || texts === null) return [];
  if (!isObject(texts)) return [`metadata.${field} must be an object of texts, found ${describe(texts)}`];
  return Object.entries(texts)
    .filter(([, text]) => typeof text !== 'string' && text !== null)
    .map(([key, text]) => `metadata.${field}["${clip(key)}"] must be text, found ${describe(text)}; put it in quotes`);
}

/** YAML can give dates, NaN, binary and cyclic anchors; the API server takes JSON alone. */
function checkJson(root: unknown): string | null {
  const walk = (value: unknown, path: string, depth: number): string | null => {
    if (depth > MAX_DEPTH) return `${path} is nested deeper than ${MAX_DEPTH} levels`;
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return null;
    if (typeof value === 'number') return Number.isFinite(value) ? null : `${path} is not a finite number`;
    if (Array.isArray(value)) {
      return first(value, (item, index) => walk(item, `${path}[${index}]`, depth + 1));
    }
    if (typeof value !== 'object' || (value.constructor !== Object && Object.getPrototypeOf(value) !== null))
      return `${path} is not JSON`;
    return first(Object.entries(value), ([key, member]) =>
      key === '__proto__'
        ? `${path} has a member named __proto__`
        : walk(member, path === '' ? key : `${path}.${clip(key)}`, depth + 1),
    );
  };
  return walk(root, '', 0);
}

function first<T>(items: readonly T[], check: (item: T, index: number) => string | null): string | null {
  for (const [index, item] of items.entries()) {
    const problem = check(item, index);
    if (problem !== null) return problem;
  }
  return null;
}

function nameOf(value: unknown): string {
  if (!isObject(value)) return describe(value);
  const kind = typeof value['kind'] === 'string' ? value['kind'] : 'object';
  const metadata = value['metadata'];
  const name = isObject(metadata) && typeof metadata['name'] === 'string' ? ` ${clip(metadata['name'])}` : '';
  return `${clip(kind)}${name}`;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}

function present(text: string | null): string[] {
  return text === null ? [] : [text];
}

function quote(value: unknown): string {
  return typeof value === 'string' ? `"${clip(value)}"` : describe(value);
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
