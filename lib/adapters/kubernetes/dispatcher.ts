import { Pool } from 'undici';
import type { ClusterEndpoint } from '#lib/ports/cluster.ts';
import { guardedLookup, type ServerAddress } from './endpoint.ts';
import type { Identity } from './identity.ts';
import type { Settings } from './options.ts';

/** A dead peer is noticed after this and ten probes a second apart: what ends a watch whose network is gone. */
const KEEP_ALIVE_DELAY = 15_000;
/** Below the idle limits usual in load balancers, so that they do not close first. */
const KEEP_ALIVE = 45_000;

/** TLS towards one cluster: only its own authority when one is given, else the system's. */
export function tlsOptions(endpoint: ClusterEndpoint, identity: Identity) {
  const ca = endpoint.caData ?? identity.caData;
  return {
    rejectUnauthorized: endpoint.insecureSkipTlsVerify !== true,
    minVersion: 'TLSv1.2' as const,
    ...(ca === undefined || ca === '' ? {} : { ca }),
    ...(identity.certificate === undefined ? {} : { cert: identity.certificate }),
    ...(identity.key === undefined ? {} : { key: identity.key }),
    ...(endpoint.tlsServerName ? { servername: endpoint.tlsServerName } : {}),
  };
}

/** The connection pool of one cluster. Knows no proxy: whatever the environment says, it goes straight to the server. */
export function openPool(
  endpoint: ClusterEndpoint,
  { address, identity, settings }: { address: ServerAddress; identity: Identity; settings: Settings },
): Pool {
  return new Pool(address.origin, {
    allowH2: settings.http2,
    pipelining: settings.http2 ? 100 : 1,
    ...(settings.http2 ? { connections: 2 } : {}),
    keepAliveTimeout: KEEP_ALIVE,
    keepAliveMaxTimeout: KEEP_ALIVE,
    connect: {
      ...tlsOptions(endpoint, identity),
      lookup: guardedLookup(settings),
      timeout: Math.min(settings.timeoutMs, 10_000),
      keepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_DELAY,
      allowH2: settings.http2,
      preferH2: settings.http2,
    },
  });
}
