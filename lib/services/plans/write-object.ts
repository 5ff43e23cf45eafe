import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { FIELD_MANAGER } from '#lib/domain/resource/tracking.ts';
import type { SyncOptions } from '#lib/domain/sync/options.ts';
import type { ClusterClient, ObjectRef } from '#lib/ports/cluster.ts';

export interface ObjectWrite {
  ref: ObjectRef;
  manifest: Manifest;
  options: Pick<SyncOptions, 'replace' | 'validate'>;
  /** There is one to be put another in place of. */
  exists: boolean;
  /** Takes fields that other managers set otherwise; else those refuse it. */
  forces: boolean;
}

/** Writes one object the way its options ask for, or asks what the server would make of it. Throws ClusterError. */
export async function writeObject(
  client: ClusterClient,
  { ref, manifest, options, exists, forces }: ObjectWrite,
  { dryRun, signal }: { dryRun: boolean; signal?: AbortSignal | undefined },
): Promise<Manifest> {
  const call = { fieldManager: FIELD_MANAGER, dryRun, validate: options.validate, ...(signal ? { signal } : {}) };
  // A server-side apply refuses fields that the schema does not have, whatever the validation.
  if ((options.replace && exists) || !options.validate) return client.replace(ref, manifest, call);
  return client.apply(ref, manifest, { ...call, force: forces });
}
