import type { RepositoryCredential } from '#lib/ports/source.ts';

const USERINFO = /\b([a-z][a-z0-9+.-]*:\/\/)[^/\s@'"]*@/gi;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g;
const MAX_WORDS = 600;
const MAX_INPUT = 64 * 1024;

/** Every spelling under which a credential could appear in text: as given, percent-encoded, in a basic header. */
export function secretsOf(credential: RepositoryCredential): string[] {
  if (credential.kind === 'none') return [];
  if (credential.kind === 'ssh-key') {
    return credential.privateKey.split('\n').filter((line) => line.length > 15 && !line.startsWith('-----'));
  }
  const basic = Buffer.from(`${credential.username}:${credential.token}`).toString('base64');
  return [credential.token, encodeURIComponent(credential.token), basic].filter((secret) => secret !== '');
}

/** Git's own words, fit for a person: no credential, no userinfo of a URL, no control characters, bounded. */
export function redactWords(text: string, secrets: readonly string[]): string {
  let clean = text.slice(0, MAX_INPUT).replace(PRIVATE_KEY, '[private key]');
  for (const secret of secrets) clean = clean.replaceAll(secret, '[redacted]');
  clean = clean
    .replace(USERINFO, '$1')
    // oxlint-disable-next-line no-control-regex -- terminal escapes of a remote must not reach a page or a log
    .replace(/\u001B\[[0-9;]*[A-Za-z]|[\u0000-\u0008\u000B-\u001F\u007F]/g, '')
    .trim();
  return clean.length > MAX_WORDS ? `${clean.slice(0, MAX_WORDS)}…` : clean;
}
