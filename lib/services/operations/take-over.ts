import { FIELD_MANAGER, trackedApplication } from '#lib/domain/resource/tracking.ts';
import { migrationOf } from '#lib/domain/sync/migration.ts';
import { type ClusterClient, ClusterError, type ObjectRef } from '#lib/ports/cluster.ts';

/** Somebody who writes in the same moment has us look again. */
const MOST_TRIES = 4;

/**
 * Makes ours what was applied from the client's side before, so that the apply that follows removes what Git leaves out.
 * Changes no value. Done before or not needed any more: nothing happens. Throws ClusterError.
 */
export async function takeOver(client: ClusterClient, ref: ObjectRef, signal: AbortSignal | undefined): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const live = await client.get(ref, signal ? { signal } : {});
    const migration = live && trackedApplication(live) === null ? migrationOf(live) : null;
    if (!live || !migration) return;
    const { managedFields } = migration;
    const call = { fieldManager: FIELD_MANAGER, dryRun: false, validate: false, ...(signal ? { signal } : {}) };
    try {
      await client.replace(ref, { ...live, metadata: { ...live.metadata, managedFields } }, call);
      return;
    } catch (error) {
      if (!(error instanceof ClusterError) || error.reason !== 'conflict' || tries === MOST_TRIES) throw error;
    }
  }
}
