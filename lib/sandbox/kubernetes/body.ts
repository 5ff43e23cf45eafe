import { parse } from 'yaml';
import { isObject } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import { badRequest } from './status.ts';

/** A request body as sent. `duplicates` are the paths of members written twice; the last one counts. */
export interface Body {
  value: JsonValue;
  duplicates: string[];
}

const isJson = (value: unknown): value is JsonValue => value !== undefined;

/** Reads JSON, or YAML where JSON fails and the content type allows it. Throws 400 when it is neither. */
export function readBody(text: string, options: { yaml: boolean }): Body {
  const json = tryJson(text);
  if (json !== undefined) return { value: json, duplicates: hasDuplicates(text, json) ? findDuplicates(text) : [] };
  if (!options.yaml)
    throw badRequest(`the object provided is unrecognized (must be of type JSON): ${text.slice(0, 80)}`);
  try {
    const value: unknown = parse(text, { uniqueKeys: false, schema: 'core', maxAliasCount: 50 });
    return { value: isJson(value) ? value : null, duplicates: [] };
  } catch (error) {
    throw badRequest(`error decoding YAML: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
}

function tryJson(text: string): JsonValue | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a body that must be an object. */
export function readObject(text: string, options: { yaml: boolean }): { value: JsonObject; duplicates: string[] } {
  const { value, duplicates } = readBody(text, options);
  if (!isObject(value)) throw badRequest('the body of the request must be an object');
  return { value, duplicates };
}

function countMembers(value: JsonValue): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countMembers(item), 0);
  if (!isObject(value)) return 0;
  let count = 0;
  for (const key of Object.keys(value)) count += 1 + countMembers(value[key] ?? null);
  return count;
}

const STRING = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

function hasDuplicates(text: string, value: JsonValue): boolean {
  let members = 0;
  for (const match of text.matchAll(STRING)) if (match[1] !== undefined) members += 1;
  return members !== countMembers(value);
}

interface Frame {
  path: string;
  seen: Set<string> | undefined;
  index: number;
  pending: string;
}

/** Walks well-formed JSON text and names members that come twice in one object. */
function findDuplicates(text: string): string[] {
  const found: string[] = [];
  const stack: Frame[] = [];
  const childPath = (): string => {
    const top = stack.at(-1);
    if (!top) return '';
    if (top.seen === undefined) return `${top.path}[${top.index}]`;
    return top.path === '' ? top.pending : `${top.path}.${top.pending}`;
  };
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\],]/g)) {
    const [token] = match;
    const top = stack.at(-1);
    if (token === '{' || token === '[') {
      stack.push({ path: childPath(), seen: token === '{' ? new Set() : undefined, index: 0, pending: '' });
    } else if (token === '}' || token === ']') stack.pop();
    else if (token === ',' && top) top.index += 1;
    else if (match[1] !== undefined && top?.seen) {
      top.pending = memberName(token.slice(0, token.length - match[1].length));
      if (top.seen.has(top.pending)) found.push(childPath());
      top.seen.add(top.pending);
    }
  }
  return found;
}

function memberName(literal: string): string {
  const name: unknown = JSON.parse(literal);
  return typeof name === 'string' ? name : '';
}
