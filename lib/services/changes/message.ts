import type { StreamMessage } from '#lib/contracts/stream.ts';
import { findApplicationRows } from '#lib/database/application-rows.ts';
import type { ChangeKey } from '#lib/database/changes.ts';
import type { Database } from '#lib/database/client.ts';

const APPLICATION = 'application:';

/** True for keys that screens show; the rest is between processes. */
export function isForScreens(key: ChangeKey): boolean {
  return !key.startsWith('inquiry:') && !key.startsWith('lease:');
}

/** Changed keys with the rows of applications among them, as they are now. Everybody signed in may read those. */
export async function changeMessage(database: Database, keys: readonly ChangeKey[]): Promise<StreamMessage> {
  const ids = keys.filter((key) => key.startsWith(APPLICATION)).map((key) => key.slice(APPLICATION.length));
  const rows = await findApplicationRows(database.prisma, ids);
  const found = new Set(rows.map((row) => row.id));
  return { type: 'changes', keys: [...keys], rows, removed: ids.filter((id) => !found.has(id)) };
}
