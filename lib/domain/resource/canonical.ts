import { isObject } from './json.ts';

/**
 * The one text of a JSON value: members sorted by UTF-16 code unit, no white space, undefined members dropped.
 * Equal values give equal texts, so a hash of it addresses content. Not for cyclic values.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}
