import { isIP } from 'node:net';

import { type RepositoryEndpoint, SourceError } from '#lib/ports/source.ts';

export interface EndpointRules {
  allowFileUrls: boolean;
  /** 'loopback' = only to this machine, as the sandbox needs it. */
  allowPlainHttp: boolean | 'loopback';
}

export interface ReachableEndpoint {
  /** The URL as given to git. */
  url: string;
  /** Value of GIT_ALLOW_PROTOCOL: the one transport this URL may use. */
  protocol: 'https' | 'http' | 'ssh' | 'file';
  /** `host[:port]` as git prints it in a credential prompt; '' for file. */
  host: string;
}

const SCP_LIKE = /^([A-Za-z0-9_][\w.-]*)@([A-Za-z0-9][\w.-]*|\[[0-9a-fA-F:]+\]):(?!\/\/)(.+)$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/** The id names a folder, so nothing but letters, digits, `-` and `_`. Throws SourceError 'unsafe'. */
export function checkRepositoryId(id: string): string {
  if (!ID.test(id)) throw new SourceError('unsafe', 'The repository id may only hold letters, digits, "-" and "_".');
  return id;
}

/** Refuses every URL that git could take for something else than a plain remote. Throws SourceError 'unsafe'. */
export function checkEndpoint(endpoint: RepositoryEndpoint, rules: EndpointRules): ReachableEndpoint {
  const { url } = endpoint;
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
  if (url.length > 2048 || /[\u0000-\u0020\u007F]/.test(url) || url.startsWith('-')) {
    throw new SourceError('unsafe', 'The repository URL holds blanks or control characters, or starts with "-".');
  }
  const scp = SCP_LIKE.exec(url);
  if (scp !== null) return { url, protocol: 'ssh', host: checkHost(scp[2] ?? '') };
  const parsed = parse(url);
  switch (parsed.protocol) {
    case 'https:':
      return withoutUserinfo(url, parsed, 'https');
    case 'http:':
      if (!mayUseHttp(parsed, rules)) throw refused('http', 'QUARTERDECK_ALLOW_HTTP_GIT');
      return withoutUserinfo(url, parsed, 'http');
    case 'ssh:':
      if (parsed.password !== '') throw userinfo();
      return { url, protocol: 'ssh', host: checkHost(parsed.hostname) };
    case 'file:':
      if (!rules.allowFileUrls) throw refused('file', 'QUARTERDECK_ALLOW_FILE_GIT');
      if (parsed.hostname !== '')
        throw new SourceError('unsafe', 'A file URL names no host: file:///path/to/repo.git.');
      return { url, protocol: 'file', host: '' };
    default:
      throw new SourceError(
        'unsafe',
        `The protocol "${parsed.protocol.replace(':', '')}" is not allowed; use https or ssh.`,
      );
  }
}

function parse(url: string): URL {
  try {
    return new URL(url);
  } catch {
    throw new SourceError(
      'unsafe',
      'The repository URL cannot be read; use https://host/path.git or git@host:path.git.',
    );
  }
}

function mayUseHttp(parsed: URL, rules: EndpointRules): boolean {
  if (rules.allowPlainHttp !== 'loopback') return rules.allowPlainHttp;
  return ['127.0.0.1', '[::1]', 'localhost'].includes(parsed.hostname);
}

function withoutUserinfo(url: string, parsed: URL, protocol: 'https' | 'http'): ReachableEndpoint {
  if (parsed.username !== '' || parsed.password !== '') throw userinfo();
  checkHost(parsed.hostname);
  return { url, protocol, host: parsed.host };
}

function userinfo(): SourceError {
  return new SourceError(
    'unsafe',
    'The repository URL carries a user or password; put them in the credential instead.',
  );
}

function refused(protocol: string, setting: string): SourceError {
  return new SourceError('unsafe', `${protocol} URLs are refused unless the administrator sets ${setting}=on.`);
}

/** Cloud metadata and link-local addresses are never a Git host. */
function checkHost(hostname: string): string {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const linkLocal =
    (isIP(host) === 4 && host.startsWith('169.254.')) ||
    (isIP(host) === 6 && (/^fe[89ab]/.test(host) || host.startsWith('::ffff:a9fe:') || host === 'fd00:ec2::254'));
  if (host === '' || host.startsWith('-') || linkLocal || host === 'metadata.google.internal') {
    throw new SourceError('unsafe', `The host "${host}" is not allowed for a repository.`);
  }
  return host;
}
