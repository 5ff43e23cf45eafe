import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request } from 'node:https';
import type { SandboxCluster } from '#lib/sandbox/kubernetes/start.ts';

export interface EchoingServer {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** How often it refused while quoting what it was sent. */
  refusals(): number;
  stop(): Promise<void>;
}

/**
 * An API server with a talkative admission webhook: Secrets named `refused-in-plan` are refused at every apply,
 * `refused-in-sync` only for real, and the refusal quotes what was sent in every spelling. All else is the cluster's.
 */
export async function startEchoingServer(cluster: SandboxCluster): Promise<EchoingServer> {
  let refusals = 0;
  const server = createServer((message, response) => {
    const url = message.url ?? '';
    const isApply = message.method === 'PATCH';
    const refuses =
      isApply && (/secrets\/refused-in-plan\b/.test(url) || /secrets\/refused-in-sync\b(?!.*dryRun)/.test(url));
    if (!refuses) return forward(cluster, message, response);
    refusals += 1;
    void bodyOf(message).then((body) => refuse(response, body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    refusals: () => refusals,
    async stop() {
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

function forward(cluster: SandboxCluster, message: IncomingMessage, response: ServerResponse): void {
  const onward = request(new URL(message.url ?? '/', cluster.server), {
    method: message.method,
    headers: { ...message.headers, host: new URL(cluster.server).host },
    ca: cluster.caData,
  });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.flushHeaders();
    answer.pipe(response);
    response.on('close', () => answer.destroy());
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  message.pipe(onward);
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function refuse(response: ServerResponse, body: string): void {
  const { stringData = {}, data = {} } = JSON.parse(body) as Partial<Record<string, Record<string, string>>>;
  const values = [
    ...Object.values(stringData),
    ...Object.values(data).map((text) => Buffer.from(text, 'base64').toString('utf8')),
  ];
  const spelled = values.flatMap((value) => [
    value,
    JSON.stringify(value),
    encodeURIComponent(value),
    ...(['base64', 'base64url', 'hex'] as const).map((encoding) => Buffer.from(value).toString(encoding)),
  ]);
  const message = `admission webhook "talkative.example" denied the request: ${body} with ${spelled.join(', ')}`;
  const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Invalid', code: 422, message };
  response.writeHead(422, { 'content-type': 'application/json' }).end(JSON.stringify(status));
}
