import { createServer } from 'node:net';

/** A port of this machine's loopback nobody listens on now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

const PORT_PROBLEMS: Record<string, (where: string) => string> = {
  EADDRINUSE: (where) =>
    `${where} is taken by another program; stop it, or set PORT to another port (0 takes a free one).`,
  EACCES: (where) => `${where} may not be opened by this user; set PORT to 1024 or above.`,
  EADDRNOTAVAIL: (where) => `${where} is not on this machine; set HOST to one of its addresses.`,
  ENOTFOUND: (where) => `${where}: the name cannot be resolved; set HOST to an address of this machine.`,
};

/** Throws one line for people when nothing could listen there now. */
export async function requirePort(host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      const explain = PORT_PROBLEMS[error.code ?? ''];
      reject(explain ? new Error(explain(`${host}:${port}`)) : error);
    });
    server.listen(port, host, () => server.close(() => resolve()));
  });
}
