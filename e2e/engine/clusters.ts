import { afterAll, beforeAll } from 'vitest';
import { makeTestDatabase } from '#lib/testing/database.ts';
import { startControlPlane } from '../controlplane/control-plane.ts';
import { controlPlaneAvailable } from '../controlplane/programs.ts';
import { World } from '../world.ts';

const available = await controlPlaneAvailable();

/** Name of the simulated cluster, which every world of this folder opens with. */
export const SANDBOX = 'sandbox';
const REAL = 'control-plane';

/** For `describe.each`: the clusters every behaviour is shown on; the real one is skipped by name where it cannot be built. */
export const CLUSTERS: readonly { cluster: string; skipped: string }[] = [
  { cluster: SANDBOX, skipped: '' },
  { cluster: REAL, skipped: available.ok ? '' : available.reason },
];

/** Opens a world with both kinds of cluster and one worker for the file that calls it, and closes it behind its last test. */
export function withClusters(use: (world: World) => void): void {
  let world: World | undefined;
  let database: Awaited<ReturnType<typeof makeTestDatabase>> | undefined;
  let stopControlPlane: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    database = await makeTestDatabase();
    world = await World.open({ databaseUrl: database.url, clusters: [SANDBOX] });
    stopControlPlane = await addControlPlane(world);
    await world.startWorker();
    use(world);
  });
  afterAll(async () => {
    await world?.stop();
    await stopControlPlane?.();
    await database?.drop();
  });
}

/** Starts the real control plane, where there is one, and registers it; answers how to stop it. */
async function addControlPlane(world: World): Promise<() => Promise<void>> {
  if (!available.ok) return async () => undefined;
  const plane = await startControlPlane({ name: REAL });
  await world.register({ name: REAL, server: plane.server, caData: plane.caData, token: plane.token });
  return () => plane.stop();
}
