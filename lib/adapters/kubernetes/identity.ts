import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ClusterError, type ClusterCredential, type ClusterEndpoint } from '#lib/ports/cluster.ts';
import { runExecPlugin } from './exec-plugin.ts';
import type { Settings } from './options.ts';

/** Who we are towards one cluster at this moment. */
export interface Identity {
  token: string | undefined;
  certificate: string | undefined;
  key: string | undefined;
  /** Only when the credential brings its own, as inside a cluster. */
  caData: string | undefined;
}

export interface IdentitySource {
  /** Errors: ClusterError 'unauthenticated'. */
  current(): Promise<Identity>;
  /** After a 401: forgets what is kept. True when asking again may give another identity. */
  forget(): boolean;
  /** Everything that must not appear in a message. */
  secrets(): string[];
}

/** A token file is replaced by the kubelet well before it expires. */
const FILE_AGE = 60_000;
/** A credential about to expire is renewed before it does. */
const EARLY = 60_000;

const NONE: Identity = { token: undefined, certificate: undefined, key: undefined, caData: undefined };

const secretsOf = (identity: Identity): string[] => [identity.token, identity.key].flatMap((text) => text || []);

function fixed(identity: Identity): IdentitySource {
  return { current: async () => identity, forget: () => false, secrets: () => secretsOf(identity) };
}

/** Keeps what `load` answers until it expires; concurrent callers share one load. */
function renewed(load: () => Promise<{ identity: Identity; expiresAt: number | undefined }>): IdentitySource {
  const seen = new Set<string>();
  let kept: { identity: Identity; expiresAt: number | undefined } | undefined;
  let loading: Promise<Identity> | undefined;
  const reload = async (): Promise<Identity> => {
    kept = await load();
    for (const secret of secretsOf(kept.identity)) seen.add(secret);
    return kept.identity;
  };
  return {
    current: async () => {
      if (kept && (kept.expiresAt === undefined || kept.expiresAt > Date.now())) return kept.identity;
      loading ??= reload().finally(() => {
        loading = undefined;
      });
      return loading;
    },
    forget: () => {
      kept = undefined;
      return true;
    },
    secrets: () => [...seen].slice(-8),
  };
}

async function readServiceAccount(folder: string): Promise<{ identity: Identity; expiresAt: number }> {
  try {
    const [token, caData] = await Promise.all([
      readFile(path.join(folder, 'token'), 'utf8'),
      readFile(path.join(folder, 'ca.crt'), 'utf8'),
    ]);
    return { identity: { ...NONE, token: token.trim(), caData }, expiresAt: Date.now() + FILE_AGE };
  } catch {
    throw new ClusterError(
      'unauthenticated',
      `No service account at ${folder}: the in-cluster credential works only where Quarterdeck runs as a pod with a mounted token`,
    );
  }
}

/** The source of identity for a credential. Reads and runs nothing before `current` is called. */
export function identitySource(endpoint: ClusterEndpoint, settings: Settings): IdentitySource {
  const credential: ClusterCredential = endpoint.credential;
  switch (credential.kind) {
    case 'token':
      return fixed({ ...NONE, token: credential.token.trim() });
    case 'client-certificate':
      return fixed({ ...NONE, certificate: credential.certificate, key: credential.key });
    case 'exec':
      return renewed(async () => {
        const { expiresAt, ...answer } = await runExecPlugin(credential, settings);
        return {
          identity: { ...answer, caData: undefined },
          expiresAt: expiresAt === undefined ? undefined : expiresAt - EARLY,
        };
      });
    case 'in-cluster':
      return renewed(async () => {
        if (!settings.allowInCluster)
          throw new ClusterError('unauthenticated', 'The in-cluster credential is not allowed here');
        return readServiceAccount(settings.serviceAccountFolder);
      });
  }
}
