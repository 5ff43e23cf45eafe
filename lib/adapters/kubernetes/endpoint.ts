import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Settings } from './options.ts';

/** A server URL taken apart. */
export interface ServerAddress {
  origin: string;
  protocol: 'https:' | 'http:';
  /** Without brackets. */
  host: string;
  port: number;
  /** Path before `/api`, '' for most; no slash at its end. */
  basePath: string;
}

const METADATA = new BlockList();
METADATA.addSubnet('169.254.0.0', 16, 'ipv4');
METADATA.addSubnet('fe80::', 10, 'ipv6');
METADATA.addAddress('fd00:ec2::254', 'ipv6');
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Link-local addresses and known metadata services; IPv4 inside IPv6 is seen through. */
export function isLinkLocal(address: string): boolean {
  const bare = address.split('%')[0] ?? '';
  return isIP(bare) !== 0 && METADATA.check(bare, family(bare));
}

const isLoopback = (host: string) => host === 'localhost' || (isIP(host) !== 0 && LOOPBACK.check(host, family(host)));
const linkLocalProblem = (address: string) =>
  `${address} is a link-local address, where cloud metadata services live; clusters are not reached there`;

function schemeProblem(url: URL, host: string, settings: Pick<Settings, 'allowPlainHttpLoopback'>): string | undefined {
  if (url.protocol === 'https:') return undefined;
  if (url.protocol !== 'http:') return `The server URL starts with ${url.protocol}//; it must be https://`;
  if (settings.allowPlainHttpLoopback && isLoopback(host)) return undefined;
  return 'The server URL is plain http, which would send the credential unprotected; use https://';
}

/** Takes the server URL apart, or says why this house does not go there. Looks nothing up. */
export function parseServer(
  server: string,
  settings: Pick<Settings, 'allowPlainHttpLoopback' | 'allowLinkLocal'>,
): ServerAddress | { problem: string } {
  if (!URL.canParse(server)) return { problem: 'The server is not a URL; it looks like https://203.0.113.7:6443' };
  const url = new URL(server);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (url.username !== '' || url.password !== '')
    return { problem: 'The server URL carries a user or password; put the credential into its own field' };
  const scheme = schemeProblem(url, host, settings);
  if (scheme !== undefined) return { problem: scheme };
  if (url.search !== '' || url.hash !== '') return { problem: 'The server URL has a query or fragment; remove it' };
  if (!settings.allowLinkLocal && isLinkLocal(host)) return { problem: linkLocalProblem(host) };
  const protocol = url.protocol === 'http:' ? 'http:' : 'https:';
  const port = url.port === '' ? (protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { origin: url.origin, protocol, host, port, basePath: url.pathname.replace(/\/+$/, '') };
}

/** Name resolution that answers no link-local address, so that a name cannot lead where a literal may not. */
export function guardedLookup(settings: Pick<Settings, 'allowLinkLocal'>): LookupFunction {
  return (hostname, options, callback) => {
    systemLookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 0);
      const allowed = settings.allowLinkLocal ? addresses : addresses.filter(({ address }) => !isLinkLocal(address));
      const first = allowed[0];
      if (first === undefined) {
        const refused = Object.assign(new Error(linkLocalProblem(hostname)), { code: 'ELINKLOCAL' });
        return callback(refused, '', 0);
      }
      return options.all === true ? callback(null, allowed) : callback(null, first.address, first.family);
    });
  };
}
