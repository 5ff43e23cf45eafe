import { listAt, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import { nameOf } from '../objects.ts';

/** `5d3h`, `42m`, `7s`: the age kubectl shows. */
export function age(from: string, now: number): string {
  const start = Date.parse(from);
  if (Number.isNaN(start)) return '<unknown>';
  const seconds = Math.max(0, Math.floor((now - start) / 1000));
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m${seconds % 60}s`;
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return minutes % 60 === 0 ? `${hours}h` : `${hours}h${minutes % 60}m`;
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  return days < 8 && hours % 24 !== 0 ? `${days}d${hours % 24}h` : `${days}d`;
}

/** The first value of a simple JSONPath: `.spec.replicas`, `.items[0].name`, `.conditions[?(@.type=="Ready")].status`. */
export function readPath(object: JsonObject, path: string): JsonValue | undefined {
  let current: JsonValue | undefined = object;
  for (const match of path.matchAll(
    /\.?([A-Za-z0-9_\-\\./]+?)(?=[.[]|$)|\[(\d+|\*)\]|\[\?\(@\.([\w.]+)\s*==\s*["']([^"']*)["']\)\]/g,
  )) {
    const [, field, index, filterField = '', filterValue] = match;
    if (field !== undefined) current = objectAt(current)[field.replaceAll('\\', '')];
    else if (index !== undefined) current = listAt(current)[index === '*' ? 0 : Number(index)];
    else current = listAt(current).find((item) => textAt(item, ...filterField.split('.')) === filterValue);
  }
  return current;
}

export const nameCell = (object: JsonObject): JsonValue => nameOf(object);
