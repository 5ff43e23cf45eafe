import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: the token of a one-time link. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of it. A token has all the entropy a hash needs, so it is not salted or slowed. */
export function tokenHashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function joinUrl(origin: string, token: string): string {
  return `${origin}/join/${token}`;
}
