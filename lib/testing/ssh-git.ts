import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2, { type Connection, type ServerChannel } from 'ssh2';
import { GIT_ENVIRONMENT, runGit } from '#lib/sandbox/git/run-git.ts';

const { Server, utils } = ssh2;

export interface SshGit {
  /** `ssh://git@127.0.0.1:<port>/app.git`: one bare repository. */
  url: string;
  /** The one private key it lets in, in OpenSSH's format. */
  privateKey: string;
  /** The line of known_hosts that names its host key. */
  knownHosts: string;
  /** Folder of the bare repository. */
  directory: string;
  stop(): Promise<void>;
}

/** A fresh key pair in OpenSSH's formats; with a passphrase, encrypted. */
export function makeSshKey(passphrase?: string): { private: string; public: string } {
  if (passphrase === undefined) return utils.generateKeyPairSync('ed25519');
  return utils.generateKeyPairSync('ed25519', { passphrase, cipher: 'aes256-ctr', rounds: 16 });
}

/** A Git server over SSH on loopback: public keys only, and nothing but git's two services on one repository. */
export async function startSshGit(folder: string): Promise<SshGit> {
  const directory = join(folder, 'app.git');
  await mkdir(directory, { recursive: true });
  await runGit(folder, ['init', '--bare', '--quiet', '--initial-branch=main', directory], {
    env: { GIT_DIR: directory },
  });
  const host = makeSshKey();
  const client = makeSshKey();
  const allowed = utils.parseKey(client.public);
  if (allowed instanceof Error) throw allowed;
  const connections = new Set<Connection>();
  const server = new Server({ hostKeys: [host.private] }, (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    connection.on('error', () => undefined);
    connection.on('authentication', (attempt) => {
      if (attempt.method !== 'publickey' || !attempt.key.data.equals(allowed.getPublicSSH())) return attempt.reject();
      if (!attempt.signature) return attempt.accept();
      const isTheirs = allowed.verify(attempt.blob ?? Buffer.alloc(0), attempt.signature, attempt.hashAlgo);
      return isTheirs ? attempt.accept() : attempt.reject();
    });
    connection.on('session', (accept) => {
      accept().on('exec', (acceptExec, rejectExec, { command }) => {
        const service = /^(git-upload-pack|git-receive-pack) '\/app\.git'$/.exec(command)?.[1];
        if (service === undefined) return rejectExec();
        return serve(acceptExec(), service, directory);
      });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the SSH server has no port');
  return {
    url: `ssh://git@127.0.0.1:${address.port}/app.git`,
    privateKey: client.private,
    knownHosts: `[127.0.0.1]:${address.port} ${host.public}\n`,
    directory,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of connections) connection.end();
      }),
  };
}

function serve(channel: ServerChannel, service: string, directory: string): void {
  const child = spawn('git', [service.slice('git-'.length), directory], { env: GIT_ENVIRONMENT });
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  child.stdin.on('error', () => undefined);
  channel.on('error', () => child.kill());
  child.on('close', (code) => {
    channel.exit(code ?? 1);
    channel.end();
  });
}
