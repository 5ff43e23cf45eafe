import { readdir } from 'node:fs/promises';
import type { Prisma } from './generated/client.ts';
import type { Reader } from './reader.ts';

/** Facts of the installation that every process must agree on. */
export type SettingKey = 'encryption-key' | 'hashing-secret' | 'worker-heartbeat' | 'demo' | 'ignore-rules';

export async function findSetting(tx: Reader, key: SettingKey): Promise<Prisma.JsonValue | undefined> {
  const row = await tx.installation.findUnique({ where: { key } });
  return row?.value;
}

/** Stores it unless it is there; answers what is stored, so that two processes starting at once agree. */
export async function settleSetting(
  tx: Reader,
  key: SettingKey,
  value: Prisma.InputJsonValue,
): Promise<Prisma.JsonValue | undefined> {
  await tx.installation.createMany({ data: [{ key, value }], skipDuplicates: true });
  return findSetting(tx, key);
}

export async function writeSetting(tx: Reader, key: SettingKey, value: Prisma.InputJsonValue): Promise<void> {
  await tx.installation.upsert({ where: { key }, create: { key, value }, update: { value } });
}

/** How many migrations the database has finished; throws when it does not answer. */
export async function countMigrations(tx: Reader): Promise<number> {
  const rows = await tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  return Number(rows[0]?.count ?? 0n);
}

/** True when the job queue's own tables are there and answer. */
export async function queueAnswers(tx: Reader): Promise<boolean> {
  const rows = await tx.$queryRaw<{ found: boolean }[]>`SELECT EXISTS (SELECT 1 FROM pgboss.queue) AS found`;
  return rows[0]?.found === true;
}

/** How many migrations this version brings. */
export async function expectedMigrations(root = process.cwd()): Promise<number> {
  const entries = await readdir(`${root}/prisma/migrations`, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).length;
}
