import { createHash } from 'node:crypto';
import { canonicalJson } from '#lib/domain/resource/canonical.ts';

/** SHA-256 in hex of a value's canonical JSON: equal values, equal digests. Not keyed: only for what is masked. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** Short form for grouping and fingerprints: 16 hex digits. */
export function shortDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
