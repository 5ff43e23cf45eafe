import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { RepositoryCredential } from '#lib/ports/source.ts';

import type { ReachableEndpoint } from './endpoint.ts';

/** Answers git's prompts, but only for the host the credential belongs to: a redirect elsewhere gets nothing. */
const ASKPASS = `#!/bin/sh
case "$1" in
  Username*"//$QUARTERDECK_GIT_HOST'"*) printf '%s\\n' "$QUARTERDECK_GIT_USERNAME" ;;
  Password*"@$QUARTERDECK_GIT_HOST'"*) printf '%s\\n' "$QUARTERDECK_GIT_TOKEN" ;;
  *) exit 1 ;;
esac
`;

/** One child's way to authenticate: environment only, never argv, URL or config. */
export interface Access {
  env: Record<string, string>;
  /** Removes the temporary key files. */
  dispose(): Promise<void>;
}

/** Writes what the transport needs into a private folder under `scratch` (0700, files 0600), removed by `dispose`. */
export async function openAccess(
  credential: RepositoryCredential,
  endpoint: ReachableEndpoint,
  scratch: string,
): Promise<Access> {
  const env: Record<string, string> = { GIT_ALLOW_PROTOCOL: endpoint.protocol };
  const isHttp = endpoint.protocol === 'https' || endpoint.protocol === 'http';
  if (isHttp && credential.kind === 'https-token') {
    const folder = await mkdtemp(join(scratch, 'access-'));
    const askpass = join(folder, 'askpass');
    await writeFile(askpass, ASKPASS, { mode: 0o700 });
    return {
      env: {
        ...env,
        GIT_ASKPASS: askpass,
        QUARTERDECK_GIT_HOST: endpoint.host,
        QUARTERDECK_GIT_USERNAME: credential.username === '' ? 'git' : credential.username,
        QUARTERDECK_GIT_TOKEN: credential.token,
      },
      dispose: () => rm(folder, { recursive: true, force: true }),
    };
  }
  if (endpoint.protocol === 'ssh') {
    const folder = await mkdtemp(join(scratch, 'access-'));
    const command = await writeSsh(credential, folder);
    return {
      env: { ...env, GIT_SSH_COMMAND: command, GIT_SSH_VARIANT: 'ssh' },
      dispose: () => rm(folder, { recursive: true, force: true }),
    };
  }
  return { env, dispose: () => Promise.resolve() };
}

async function writeSsh(credential: RepositoryCredential, folder: string): Promise<string> {
  const knownHosts = join(folder, 'known_hosts');
  const isKey = credential.kind === 'ssh-key';
  await writeFile(knownHosts, isKey ? credential.knownHosts : '', { mode: 0o600 });
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    `UserKnownHostsFile=${knownHosts}`,
    'GlobalKnownHostsFile=/dev/null',
    'IdentitiesOnly=yes',
    'IdentityAgent=none',
    'PasswordAuthentication=no',
    'ForwardAgent=no',
    'ClearAllForwardings=yes',
    'ConnectTimeout=10',
    'UpdateHostKeys=no',
  ];
  const words = ['ssh', '-F', '/dev/null', ...options.flatMap((option) => ['-o', option])];
  if (isKey) {
    const key = join(folder, 'key');
    await writeFile(key, credential.privateKey.endsWith('\n') ? credential.privateKey : `${credential.privateKey}\n`, {
      mode: 0o600,
    });
    await chmod(key, 0o600);
    words.push('-i', key);
  }
  return words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
}
