import type { RepositoryCredential } from '#lib/ports/source.ts';
import type { Policy } from '../context.ts';
import { invalid, ServiceError } from '../errors.ts';

const SCP_LIKE = /^[A-Za-z0-9_][\w.-]*@([A-Za-z0-9][\w.-]*|\[[0-9a-fA-F:]+\]):(?!\/\/).+$/;

/**
 * Refuses a repository URL that could not be fetched or that carries a secret, and a credential that does not fit it.
 * Errors: invalid, refused (with the variable the administrator would have to set).
 */
export function checkRepositoryUrl(url: string, credential: RepositoryCredential, policy: Policy): void {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
  if (/[\u0000-\u0020\u007F]/.test(url) || url.startsWith('-')) {
    throw invalid('url', 'holds blanks or control characters, or starts with "-"');
  }
  const protocol = SCP_LIKE.test(url) ? 'ssh:' : protocolOf(url);
  if (protocol === 'http:' && !policy.allowPlainHttpGit) throw notAllowed('http', 'QUARTERDECK_ALLOW_HTTP_GIT');
  if (protocol === 'file:' && !policy.allowFileGit) throw notAllowed('file', 'QUARTERDECK_ALLOW_FILE_GIT');
  if (!['https:', 'http:', 'ssh:', 'file:'].includes(protocol)) throw invalid('url', 'must be https or ssh');
  checkCredentialFits(protocol, credential);
}

function protocolOf(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) throw invalid('url', 'cannot be read; use https://host/path.git or git@host:path.git');
  const userinfo = parsed.password !== '' || (parsed.username !== '' && parsed.protocol !== 'ssh:');
  if (userinfo) throw invalid('url', 'carries a user or password; put them in the credential instead');
  return parsed.protocol;
}

function notAllowed(protocol: string, variable: string): ServiceError {
  const message = `${protocol} URLs are refused unless the administrator sets ${variable}=on`;
  return new ServiceError('refused', `${message}.`, { fields: [{ path: 'url', message }] });
}

function checkCredentialFits(protocol: string, credential: RepositoryCredential): void {
  if (protocol === 'ssh:' && credential.kind !== 'ssh-key') {
    throw invalid('credential.kind', 'an ssh URL needs a key and known hosts');
  }
  if (protocol !== 'ssh:' && credential.kind === 'ssh-key') {
    throw invalid('credential.kind', 'a key is only for ssh URLs');
  }
  if (credential.kind === 'ssh-key' && !/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(credential.privateKey)) {
    throw invalid('credential.privateKey', 'is not a private key');
  }
  if (credential.kind === 'ssh-key' && hasPassphrase(credential.privateKey)) {
    throw invalid('credential.privateKey', 'has a passphrase; take a key without one, for this repository alone');
  }
}

/** PEM says so in its header; OpenSSH's own format names the cipher behind its magic word. */
function hasPassphrase(privateKey: string): boolean {
  if (/ENCRYPTED/.test(privateKey)) return true;
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]*)/.exec(privateKey)?.[1];
  if (body === undefined) return false;
  const bytes = Buffer.from(body, 'base64');
  const length = bytes.length >= OPENSSH_MAGIC.length + 4 ? bytes.readUInt32BE(OPENSSH_MAGIC.length) : 0;
  const start = OPENSSH_MAGIC.length + 4;
  return length > 0 && length < 64 && bytes.toString('latin1', start, start + length) !== 'none';
}

const OPENSSH_MAGIC = 'openssh-key-v1\0';
