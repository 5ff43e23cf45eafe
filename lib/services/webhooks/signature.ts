import { createHmac, timingSafeEqual } from 'node:crypto';
import { WEBHOOK_TOLERANCE_SECONDS } from '#lib/contracts/webhooks.ts';

/** What a provider sent, as far as its signature needs it. */
export interface SignedDelivery {
  provider: 'github' | 'generic';
  /** `sha256=<hex>`. */
  signature: string;
  /** Seconds since the epoch as sent; generic only. */
  timestamp: string;
  /** The raw bytes. */
  body: Buffer;
}

/** True when the raw bytes were signed with the secret, and (generic) not long ago. Takes the same time either way. */
export function verifySignature(delivery: SignedDelivery, secret: string, now: Date): boolean {
  const hmac = createHmac('sha256', secret);
  if (delivery.provider === 'generic') hmac.update(`${delivery.timestamp}.`);
  const expected = hmac.update(delivery.body).digest();
  const given = /^sha256=([0-9a-f]{64})$/i.exec(delivery.signature)?.[1];
  const bytes = given === undefined ? Buffer.alloc(expected.length) : Buffer.from(given, 'hex');
  const equal = timingSafeEqual(bytes, expected) && given !== undefined;
  return equal && (delivery.provider === 'github' || isRecent(delivery.timestamp, now));
}

function isRecent(timestamp: string, now: Date): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(now.getTime() / 1_000 - Number(timestamp)) <= WEBHOOK_TOLERANCE_SECONDS;
}
