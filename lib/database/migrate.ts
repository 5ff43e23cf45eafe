import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { withSchemaEngine } from './schema-engine.ts';

const FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Applies every migration of `prisma/migrations` that the database lacks, in order, and keeps Prisma's own
 * `_prisma_migrations` table. Answers the names applied. Throws when a migration fails or an applied one was edited.
 */
export async function migrateDatabase(databaseUrl: string, root = process.cwd()): Promise<string[]> {
  const baseDir = path.resolve(root, 'prisma/migrations');
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.toSorted().map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8') },
      },
    })),
  );
  const lockfile = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' };
  return withSchemaEngine(databaseUrl, async (engine) => {
    const result = await engine.applyMigrations({
      migrationsList: { baseDir, lockfile, migrationDirectories, shadowDbInitScript: '' },
      filters: FILTERS,
    });
    return result.appliedMigrationNames;
  });
}

/**
 * SQL that takes an empty database to the schema folder: the start of a new migration, reviewed by hand.
 *
 * @public
 */
export async function schemaSql(databaseUrl: string, root = process.cwd()): Promise<string> {
  const folder = path.resolve(root, 'prisma/schema');
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => ({
      path: path.join(folder, name),
      content: await readFile(path.join(folder, name), 'utf8'),
    })),
  );
  return withSchemaEngine(databaseUrl, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: FILTERS,
    });
    return stdout ?? '';
  });
}
