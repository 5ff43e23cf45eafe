import { isObject } from '../resource/json.ts';
import type { JsonObject, JsonValue } from '../resource/manifest.ts';

/**
 * One step into an object: a member, the item of a list whose named fields have these values,
 * the item of a set that is this value, or the item at a position.
 */
export type PathStep =
  | { field: string }
  | { keys: Record<string, JsonValue> }
  | { value: JsonValue }
  | { index: number };

const PLAIN_FIELD = /^[A-Za-z_$][\w$-]*$/;
const PLAIN_VALUE = /^[A-Za-z_./:@][\w./:@-]*$/;
const RESERVED = new Set(['true', 'false', 'null']);

/**
 * The path as people read it: `spec.replicas`, `metadata.labels["app.kubernetes.io/name"]`,
 * `spec.containers[name=web].image`, `ports[containerPort=80,protocol=TCP]`, `finalizers[="a/b"]`, `rules[0]`.
 * '' is the object itself. {@link parsePath} reads it back.
 */
export function formatPath(steps: readonly PathStep[]): string {
  let text = '';
  for (const step of steps) {
    if ('index' in step) text += `[${step.index}]`;
    else if ('value' in step) text += `[=${formatValue(step.value)}]`;
    else if ('keys' in step) text += `[${formatKeys(step.keys)}]`;
    else if (!PLAIN_FIELD.test(step.field)) text += `[${JSON.stringify(step.field)}]`;
    else text += text === '' ? step.field : `.${step.field}`;
  }
  return text;
}

function formatKeys(keys: Record<string, JsonValue>): string {
  return Object.entries(keys)
    .map(([key, value]) => `${PLAIN_FIELD.test(key) ? key : JSON.stringify(key)}=${formatValue(value)}`)
    .join(',');
}

function formatValue(value: JsonValue): string {
  if (typeof value === 'string' && PLAIN_VALUE.test(value) && !RESERVED.has(value)) return value;
  return JSON.stringify(value);
}

/** Reads what {@link formatPath} wrote; null when the text is no path. `*` is read as the member named `*`. */
export function parsePath(text: string): PathStep[] | null {
  const reader = { text, at: 0 };
  const steps: PathStep[] = [];
  while (reader.at < text.length) {
    const step = text[reader.at] === '[' ? readBracket(reader) : readField(reader, steps.length === 0);
    if (step === null) return null;
    steps.push(step);
  }
  return steps;
}

interface Reader {
  text: string;
  at: number;
}

function readField(reader: Reader, first: boolean): PathStep | null {
  if (!first) {
    if (reader.text[reader.at] !== '.') return null;
    reader.at += 1;
  }
  const field = take(reader, /[^.[\]"=,\s]+/y);
  return field === null ? null : { field };
}

function readBracket(reader: Reader): PathStep | null {
  reader.at += 1;
  const index = take(reader, /\d+(?=\])/y);
  if (index !== null) return close(reader, { index: Number(index) });
  if (take(reader, /\*(?=\])/y) !== null) return close(reader, { field: '*' });
  if (take(reader, /=/y) !== null) {
    const value = readValue(reader);
    return value === undefined ? null : close(reader, { value });
  }
  return readKeysOrField(reader);
}

function readKeysOrField(reader: Reader): PathStep | null {
  const entries: [string, JsonValue][] = [];
  do {
    const quoted = readQuoted(reader);
    if (quoted !== null && entries.length === 0 && reader.text[reader.at] === ']')
      return close(reader, { field: quoted });
    const key = quoted ?? take(reader, /[A-Za-z_$][\w$-]*/y);
    if (key === null || take(reader, /=/y) === null) return null;
    const value = readValue(reader);
    if (value === undefined) return null;
    entries.push([key, value]);
  } while (take(reader, /,/y) !== null);
  return close(reader, { keys: Object.fromEntries(entries) });
}

function readValue(reader: Reader): JsonValue | undefined {
  const plain = take(reader, /[A-Za-z_./:@][\w./:@-]*(?=[\],])/y);
  if (plain !== null && !RESERVED.has(plain)) return plain;
  if (plain !== null) reader.at -= plain.length;
  const json = take(reader, /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/y) ?? takeNested(reader);
  return json === null ? undefined : parseJson(json);
}

/** A list or object as value (`[={"a":1}]`): up to the last `]` that closes it, found by trying. */
function takeNested(reader: Reader): string | null {
  if (!/[[{]/.test(reader.text[reader.at] ?? '')) return null;
  for (let end = reader.text.indexOf(']', reader.at); end >= 0; end = reader.text.indexOf(']', end + 1)) {
    const candidate = reader.text.slice(reader.at, end);
    if (parseJson(candidate) === undefined) continue;
    reader.at = end;
    return candidate;
  }
  return null;
}

function readQuoted(reader: Reader): string | null {
  const json = take(reader, /"(?:[^"\\]|\\.)*"/y);
  const value = json === null ? undefined : parseJson(json);
  return typeof value === 'string' ? value : null;
}

function take(reader: Reader, pattern: RegExp): string | null {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.text);
  if (match === null) return null;
  reader.at += match[0].length;
  return match[0];
}

function close(reader: Reader, step: PathStep): PathStep | null {
  return take(reader, /\]/y) === null ? null : step;
}

function parseJson(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Steps of a JSON pointer (RFC 6901); null when it is none. Digits are read as positions, `-` and names as members. */
export function parseJsonPointer(text: string): PathStep[] | null {
  if (text !== '' && !text.startsWith('/')) return null;
  return text
    .split('/')
    .slice(1)
    .map((part) => {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      return /^(0|[1-9]\d{0,8})$/.test(name) ? { index: Number(name) } : { field: name };
    });
}

/** The value a path leads to; undefined where it leads nowhere. */
export function valueAtPath(root: unknown, steps: readonly PathStep[]): JsonValue | undefined {
  let current: unknown = root;
  for (const step of steps) {
    current = stepInto(current, step);
    if (current === undefined) return undefined;
  }
  return isJson(current) ? current : undefined;
}

/** Position of the item a list step means; -1 when there is none. */
export function itemIndex(list: readonly JsonValue[], step: PathStep): number {
  if ('index' in step) return step.index < list.length ? step.index : -1;
  if ('value' in step) return list.findIndex((item) => JSON.stringify(item) === JSON.stringify(step.value));
  if ('keys' in step) return list.findIndex((item) => hasKeys(item, step.keys));
  return -1;
}

function stepInto(value: unknown, step: PathStep): unknown {
  if ('field' in step) return isObject(value) && Object.hasOwn(value, step.field) ? value[step.field] : undefined;
  return Array.isArray(value) ? value[itemIndex(value, step)] : undefined;
}

/** True when an item carries every key with the same value. A key the item lacks counts as its default, so it fits. */
function hasKeys(item: JsonValue, keys: JsonObject): boolean {
  if (!isObject(item)) return false;
  return (
    Object.entries(keys).every(([key, value]) => item[key] === undefined || item[key] === value) &&
    Object.keys(keys).some((key) => item[key] !== undefined)
  );
}

function isJson(value: unknown): value is JsonValue {
  return value !== undefined;
}
