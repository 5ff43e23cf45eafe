import type { Sealed } from '#lib/ports/keyring.ts';

/** Binds the sealed hashing secret of the installation to its place. */
export const HASHING_PURPOSE = 'installation:hashing-secret';

/** A sealed secret as table Installation keeps it; null when it is damaged. */
export function sealedSetting(value: unknown): Sealed | null {
  if (typeof value !== 'object' || value === null || !('keyId' in value) || !('ciphertext' in value)) return null;
  if (typeof value.keyId !== 'string' || typeof value.ciphertext !== 'string') return null;
  return { keyId: value.keyId, ciphertext: Buffer.from(value.ciphertext, 'base64') };
}
