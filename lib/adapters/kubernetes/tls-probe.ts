import {
  checkServerIdentity,
  connect as connectTls,
  type DetailedPeerCertificate,
  type PeerCertificate,
} from 'node:tls';
import type { ClusterEndpoint } from '#lib/ports/cluster.ts';
import { guardedLookup, type ServerAddress } from './endpoint.ts';
import { cleanText, codeOf, tlsProblem } from './errors.ts';
import type { Settings } from './options.ts';

const MAX_NAMES = 8;

const dateOf = (text: string): string => {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text : time.toISOString().slice(0, 16).replace('T', ' ');
};

const commonName = (part: PeerCertificate['subject'] | undefined): string => {
  const name = part?.CN ?? part?.O ?? 'unknown';
  return cleanText(Array.isArray(name) ? name.join(', ') : name, []);
};

/** What a failure to trust means for this certificate: its dates, the names it offers, who issued it. */
export function explainCertificate(code: string, certificate: PeerCertificate, asked: string): string {
  if (code === 'CERT_HAS_EXPIRED') {
    const own = Date.parse(certificate.valid_to) < Date.now();
    return own
      ? `the certificate of the server expired on ${dateOf(certificate.valid_to)} UTC; renew it on the cluster`
      : 'an authority in the certificate chain of the server has expired; renew it on the cluster';
  }
  if (code === 'CERT_NOT_YET_VALID')
    return `the certificate of the server is valid from ${dateOf(certificate.valid_from)} UTC only; are the clocks right?`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const names = (certificate.subjectaltname ?? `CN:${commonName(certificate.subject)}`)
      .split(', ')
      .map((name) => name.replace(/^(?:DNS|IP Address|CN):/, ''));
    const shown = names.slice(0, MAX_NAMES).join(', ');
    const rest = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
    return `the certificate of the server is not for ${asked} but for ${cleanText(shown, [])}${rest}; use one of these names, or set it as the TLS server name`;
  }
  return `${tlsProblem(code)} (issuer: ${commonName(certificate.issuer)}); give the authority of the cluster as CA data`;
}

export interface TlsFinding {
  ok: boolean;
  message: string;
}

const present = (certificate: DetailedPeerCertificate): boolean => Object.keys(certificate).length > 0;

/**
 * A handshake without credential or request, to see what the server offers and whether it is trusted.
 * Never throws; says so when there is no answer within `timeoutMs`.
 */
export async function probeTls(
  endpoint: ClusterEndpoint,
  {
    address,
    caData,
    settings,
    timeoutMs,
  }: { address: ServerAddress; caData: string | undefined; settings: Settings; timeoutMs: number },
): Promise<TlsFinding> {
  const asked = endpoint.tlsServerName ?? address.host;
  const ca = endpoint.caData ?? caData;
  return new Promise((resolve) => {
    const socket = connectTls({
      host: address.host,
      port: address.port,
      lookup: guardedLookup(settings),
      minVersion: 'TLSv1.2',
      rejectUnauthorized: false,
      ...(/^[\d.]+$|:/.test(asked) ? {} : { servername: asked }),
      ...(ca ? { ca } : {}),
      checkServerIdentity: () => undefined,
    });
    const finish = (finding: TlsFinding) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(finding);
    };
    const timer = setTimeout(
      () => finish({ ok: false, message: `no TLS handshake within ${timeoutMs / 1000} s` }),
      timeoutMs,
    );
    socket.once('error', (error) => finish({ ok: false, message: tlsProblem(codeOf(error)) }));
    socket.once('secureConnect', () =>
      finish(judge(socket, { asked, insecure: endpoint.insecureSkipTlsVerify === true })),
    );
  });
}

function judge(
  socket: ReturnType<typeof connectTls>,
  { asked, insecure }: { asked: string; insecure: boolean },
): TlsFinding {
  const certificate = socket.getPeerCertificate(true);
  if (!present(certificate)) return { ok: insecure, message: 'the server presents no certificate' };
  const wrongName = checkServerIdentity(asked, certificate);
  const refused = socket.authorized ? undefined : String(socket.authorizationError);
  const code = refused ?? (wrongName === undefined ? undefined : codeOf(wrongName));
  const version = socket.getProtocol() ?? 'TLS';
  if (code === undefined)
    return { ok: true, message: `${version}, certificate valid until ${dateOf(certificate.valid_to)} UTC` };
  const why = explainCertificate(code, certificate, asked);
  return insecure
    ? { ok: true, message: `${version}, NOT verified because the cluster is registered so: ${why}` }
    : { ok: false, message: why };
}
