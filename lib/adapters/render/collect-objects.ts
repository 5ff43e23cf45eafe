import { placeholderName } from '#lib/domain/resource/hook.ts';
import { formatObjectKey, type Manifest, objectKeyOf } from '#lib/domain/resource/manifest.ts';
import { RenderError } from '#lib/ports/renderer.ts';

import type { YamlDocument } from './kubernetes-yaml.ts';

/** Turns documents into objects: empty ones skipped, lists flattened. Throws 'invalid-object', 'duplicate', 'too-large'. */
export function collectObjects(
  documents: YamlDocument[],
  options: { namespace: string; maxObjects: number },
): Manifest[] {
  const objects: Manifest[] = [];
  const seen = new Map<string, YamlDocument>();
  const add = (value: unknown, origin: YamlDocument): void => {
    const manifest = manifestOf(value, origin);
    const key = objectKeyOf(manifest);
    const text = formatObjectKey({ ...key, namespace: key.namespace === '' ? options.namespace : key.namespace });
    const other = seen.get(text);
    if (other !== undefined) {
      throw new RenderError(
        'duplicate',
        `${manifest.kind} "${key.name}" is declared twice: in ${where(other)} and in ${where(origin)}; keep one of the two.`,
        { file: origin.file },
      );
    }
    seen.set(text, origin);
    objects.push(manifest);
    if (objects.length > options.maxObjects) {
      throw new RenderError('too-large', `More than ${options.maxObjects} objects are rendered.`, {
        file: origin.file,
      });
    }
  };
  for (const document of documents) {
    for (const value of flatten(document.value)) add(value, document);
  }
  return objects;
}

function flatten(value: unknown): unknown[] {
  if (value === null || value === undefined) return [];
  if (!isObject(value)) return [value];
  const { kind, items } = value;
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) return items.flatMap(flatten);
  return [value];
}

function manifestOf(value: unknown, origin: YamlDocument): Manifest {
  if (!isObject(value)) throw invalid(origin, 'is not an object; a manifest has apiVersion, kind and metadata.name');
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== 'string' || apiVersion === '') throw invalid(origin, 'has no apiVersion');
  if (typeof kind !== 'string' || kind === '') throw invalid(origin, 'has no kind');
  if (!isObject(metadata)) throw invalid(origin, `(${kind}) has no metadata`);
  const { namespace } = metadata;
  const name = metadata['name'] || placeholderName(metadata);
  if (typeof name !== 'string' || name === '') {
    const generated = typeof metadata['generateName'] === 'string';
    const words = generated ? '; generateName cannot be kept equal to Git, only hooks may have it' : '';
    throw invalid(origin, `(${kind}) has no metadata.name${words}`);
  }
  if (/[/\s]/.test(name)) throw invalid(origin, `(${kind}) has the impossible name "${name.slice(0, 100)}"`);
  if (namespace !== undefined && namespace !== null && typeof namespace !== 'string') {
    throw invalid(origin, `(${kind} "${name}") has a namespace that is no text; put it in quotes`);
  }
  const kept = Object.entries(metadata).filter(
    ([field, content]) => content !== null || !['labels', 'annotations', 'namespace'].includes(field),
  );
  return { ...value, apiVersion, kind, metadata: { ...Object.fromEntries(kept), name } };
}

function invalid(origin: YamlDocument, words: string): RenderError {
  return new RenderError('invalid-object', `The object in ${where(origin)} ${words}.`, { file: origin.file });
}

function where(origin: YamlDocument): string {
  return origin.line > 0 ? `${origin.file}:${origin.line}` : origin.file;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
