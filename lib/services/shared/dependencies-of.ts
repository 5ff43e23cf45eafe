import { type DependencyRow, listDependencies } from '#lib/database/dependencies.ts';
import type { Reader } from '#lib/database/reader.ts';
import { notReadyWords } from '#lib/domain/sync/dependencies.ts';

/** What an application depends on and is not ready, with why (`is Degraded`). */
export async function unreadyDependencies(
  tx: Reader,
  applicationId: string,
): Promise<(DependencyRow & { waits: string })[]> {
  const rows = await listDependencies(tx, applicationId);
  return rows.flatMap((row) => {
    const waits = notReadyWords(row);
    return waits === null ? [] : [{ ...row, waits }];
  });
}
