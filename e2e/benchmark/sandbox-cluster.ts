import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { parse } from 'yaml';
import { z } from 'zod';

const kubeconfig = z.object({
  clusters: z.array(
    z.object({
      name: z.string(),
      cluster: z.object({ server: z.string(), 'certificate-authority-data': z.string() }),
    }),
  ),
  users: z.array(z.object({ name: z.string(), user: z.object({ token: z.string() }) })),
  contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string(), user: z.string() }) })),
});

export interface SandboxCluster {
  /** Throws with the server's words when it refuses. */
  call(method: string, where: string, body?: object): Promise<unknown>;
  close(): void;
}

/** A cluster of the sandbox, as somebody with its kubeconfig would use it. */
export async function openSandboxCluster(file: string, context: string): Promise<SandboxCluster> {
  const config = kubeconfig.parse(parse(await readFile(file, 'utf8')));
  const chosen = config.contexts.find((one) => one.name === context)?.context;
  const cluster = config.clusters.find((one) => one.name === chosen?.cluster)?.cluster;
  const user = config.users.find((one) => one.name === chosen?.user)?.user;
  if (!cluster || !user) throw new Error(`the sandbox's kubeconfig has no context ${context}`);
  const ca = Buffer.from(cluster['certificate-authority-data'], 'base64').toString('utf8');
  return connectSandboxCluster({ server: cluster.server, ca, token: user.token });
}

/** The same, by its address and credential. */
export function connectSandboxCluster({
  server,
  ca,
  token,
}: {
  server: string;
  ca: string;
  token: string;
}): SandboxCluster {
  const agent = new Agent({ keepAlive: true, ca, maxSockets: 8 });
  return {
    call: (method, where, body) =>
      new Promise((resolve, reject) => {
        const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
        const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': type } : {}) };
        const call = request(new URL(where, server), { method, agent, headers, timeout: 20_000 });
        call.once('error', reject);
        call.once('response', (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            if ((response.statusCode ?? 500) < 300) resolve(JSON.parse(text));
            else reject(new Error(`${method} ${where} answered ${response.statusCode}: ${text.slice(0, 500)}`));
          });
        });
        call.end(body ? JSON.stringify(body) : undefined);
      }),
    close: () => agent.destroy(),
  };
}
