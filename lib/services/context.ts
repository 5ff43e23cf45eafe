import type { Database } from '#lib/database/client.ts';
import type { Role } from '#lib/domain/policy/roles.ts';
import type { Clock } from '#lib/ports/clock.ts';
import type { ClusterPort } from '#lib/ports/cluster.ts';
import type { ForgePort } from '#lib/ports/forge.ts';
import type { Keyring } from '#lib/ports/keyring.ts';
import type { LivePort } from '#lib/ports/live.ts';
import type { RendererPort } from '#lib/ports/renderer.ts';
import type { SourcePort } from '#lib/ports/source.ts';

/** Who acts. `system` is Quarterdeck itself (automatic sync, expiry); `webhook` a verified delivery. */
export type Actor =
  | { kind: 'user'; id: string; name: string; role: Role }
  | { kind: 'system'; id: string; name: string; role: 'admin' }
  | { kind: 'webhook'; id: string; name: string; role: 'operator' };

export const SYSTEM_ACTOR: Actor = { kind: 'system', id: 'quarterdeck', name: 'Quarterdeck', role: 'admin' };

/** What the administrator allows by the environment. */
export interface Policy {
  allowExec: boolean;
  allowInCluster: boolean;
  allowPlainHttpGit: boolean;
  allowFileGit: boolean;
  operationTimeoutSeconds: number;
  /** Origin people open, for links in commits and invitations. */
  origin: string;
}

/** What every verb gets. The web process has no ports: it opens no connection to a cluster or a repository. */
export interface Context {
  database: Database;
  actor: Actor;
  requestId: string;
  clock: Clock;
  keyring: Keyring;
  policy: Policy;
}

/** What verbs of the worker get on top. */
export interface WorkerContext extends Context {
  ports: { cluster: ClusterPort; live: LivePort; source: SourcePort; renderer: RendererPort; forge: ForgePort };
}
