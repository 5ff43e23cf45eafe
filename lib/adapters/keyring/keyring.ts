import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Keyring, Sealed } from '#lib/ports/keyring.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Why a secret cannot be opened or a key cannot be used; never carries key or plaintext. */
export class KeyringError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeyringError';
  }
}

/** 32 random bytes in base64: a new encryption key. */
export function generateKey(): string {
  return randomBytes(32).toString('base64');
}

/** First 12 hex digits of the key's SHA-256. */
export function keyIdOf(key: string): string {
  return createHash('sha256').update(decode(key)).digest('hex').slice(0, 12);
}

function decode(key: string): Buffer {
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== 32) throw new KeyringError('An encryption key must be 32 bytes in base64.');
  return bytes;
}

export type Sealer = Pick<Keyring, 'currentKeyId' | 'seal' | 'open'>;

/** Seals under `current`, opens what `current` or `previous` sealed. Keys are 32 bytes in base64. */
export function createSealer(keys: { current: string; previous?: string | undefined }): Sealer {
  const usable = new Map<string, Buffer>();
  for (const key of [keys.previous, keys.current]) {
    if (key !== undefined) usable.set(keyIdOf(key), Buffer.from(hkdfSync('sha256', decode(key), '', 'seal', 32)));
  }
  const currentKeyId = keyIdOf(keys.current);
  const keyOf = (keyId: string) => {
    const key = usable.get(keyId);
    if (!key) throw new KeyringError(`The secret was sealed with key ${keyId}, which this process does not have.`);
    return key;
  };
  return {
    currentKeyId,
    seal(plaintext, purpose) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyOf(currentKeyId), nonce);
      cipher.setAAD(Buffer.from(purpose, 'utf8'));
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      return { keyId: currentKeyId, ciphertext: Buffer.concat([nonce, cipher.getAuthTag(), body]) };
    },
    open(sealed, purpose) {
      return openWith(keyOf(sealed.keyId), sealed, purpose);
    },
  };
}

function openWith(key: Buffer, sealed: Sealed, purpose: string): string {
  const bytes = Buffer.from(sealed.ciphertext);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(purpose, 'utf8'));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    throw new KeyringError(`The secret for ${purpose} was changed, or belongs somewhere else.`);
  }
}

/**
 * The whole keyring. `hashingSecret` (32 bytes in base64) is apart from the keys that seal and never rotated: hashes
 * that are stored stay comparable when the encryption key changes. It is itself kept sealed.
 */
export function createKeyring(keys: {
  current: string;
  previous?: string | undefined;
  hashingSecret: string;
}): Keyring {
  const hashingKey = Buffer.from(hkdfSync('sha256', decode(keys.hashingSecret), '', 'hash', 32));
  return {
    ...createSealer(keys),
    hash: (value) => createHmac('sha256', hashingKey).update(value, 'utf8').digest('hex'),
  };
}
