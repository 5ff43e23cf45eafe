/** A secret as it is stored: which key sealed it, and nonce + tag + ciphertext in one. */
export interface Sealed {
  keyId: string;
  ciphertext: Uint8Array;
}

/** Encryption at rest and keyed hashes. Knows the current key and the previous one (rotation). */
export interface Keyring {
  /** Id of the key that seals now: first 12 hex digits of its SHA-256. */
  readonly currentKeyId: string;
  /** AES-256-GCM; `purpose` is bound as additional data, so a ciphertext cannot be moved to another column. */
  seal(plaintext: string, purpose: string): Sealed;
  /** Throws when the key is unknown or the data was changed. */
  open(sealed: Sealed, purpose: string): string;
  /** HMAC-SHA-256 in hex under a key derived for hashing: equal values of two installations do not compare. */
  hash(value: string): string;
}
