import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Where a proxy in front of us may be: this machine and private networks. */
const NEAR = new BlockList();
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
] as const) {
  NEAR.addSubnet(network, bits, 'ipv4');
}
NEAR.addAddress('::1', 'ipv6');
NEAR.addSubnet('fc00::', 7, 'ipv6');
NEAR.addSubnet('fe80::', 10, 'ipv6');

/** Whether a peer may be our own proxy, whose word about the caller's address counts. */
export function isNear(address: string): boolean {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '').split('%')[0] ?? '';
  return isIP(bare) !== 0 && NEAR.check(bare, isIP(bare) === 6 ? 'ipv6' : 'ipv4');
}

/** A caller from outside cannot choose the address its attempts are counted under. */
export function dropForgedAddress(request: {
  headers: IncomingHttpHeaders;
  socket: { remoteAddress?: string | undefined };
}): void {
  if (!isNear(request.socket.remoteAddress ?? '')) delete request.headers['x-forwarded-for'];
}
