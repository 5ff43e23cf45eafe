import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import type { Place } from './place.ts';

/** Every column of every table, views and system catalogues apart: one place a column. */
export async function walkDatabase(url: string): Promise<Place[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: columns } = await client.query<{ name: string; column: string }>(`
      SELECT format('%I.%I', c.table_schema, c.table_name) AS name, format('%I', c.column_name) AS column
      FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
      ORDER BY 1, 2`);
    const places: Place[] = [];
    for (const { name, column } of columns) {
      // Bytes come as hex, which is one of the spellings that are looked for.
      const { rows } = await client.query<{ text: string | null }>(`SELECT ${column}::text AS text FROM ONLY ${name}`);
      places.push({ where: `${name}.${column}`, text: rows.map(({ text }) => text ?? '').join('\n') });
    }
    return places;
  } finally {
    await client.end();
  }
}

/** Every file below a folder; `except` names first-level folders and files that are left out. */
export async function walkFiles(folder: string, except: readonly string[] = []): Promise<Place[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !except.includes(file.split(path.sep)[0] ?? ''));
  return Promise.all(
    files.map(async (file) => ({
      where: file,
      // What is gone meanwhile holds nothing any more.
      text: await readFile(path.join(folder, file), 'latin1').catch(() => ''),
    })),
  );
}
