import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isObject } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';

/** What one cluster keeps between two starts. */
export interface ClusterRecord {
  port: number;
  token: string;
  revision: number;
  objects: Record<string, JsonObject[]>;
}

/** Reads a JSON object; undefined when the file is absent. Throws when it is unreadable. */
export async function readRecord(file: string): Promise<JsonObject | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (!isObject(value)) throw new Error(`${file} holds no JSON object`);
    return value;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a file whole or not at all, readable by its owner only. */
export async function writeRecord(file: string, value: unknown): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.new`;
  await writeFile(draft, JSON.stringify(value), { mode: 0o600 });
  await rename(draft, file);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A stored cluster from its JSON. */
export function toClusterRecord(value: JsonObject): ClusterRecord {
  const objects: Record<string, JsonObject[]> = {};
  if (isObject(value['objects'])) {
    for (const [storage, list] of Object.entries(value['objects']))
      objects[storage] = Array.isArray(list) ? list.filter(isObject) : [];
  }
  return {
    port: Number(value['port']) || 0,
    token: text(value['token']),
    revision: Number(value['revision']) || 1,
    objects,
  };
}
