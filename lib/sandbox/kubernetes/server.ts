import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Server, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { stringify } from 'yaml';
import type { Cluster } from './cluster.ts';
import { continueTokenOf } from './handlers/list.ts';
import type { ApiRequest, Reply, StreamSink } from './request.ts';
import { wantsYaml } from './represent.ts';
import { route } from './router.ts';
import { ApiError, toStatus } from './status.ts';

const MAX_BODY = 3 * 1024 * 1024;

export interface ServerIdentity {
  certificate: string;
  key: string;
  token: string;
}

async function readText(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > MAX_BODY)
      throw new ApiError({
        code: 413,
        reason: 'RequestEntityTooLarge',
        message: `Request entity too large: limit is ${MAX_BODY}`,
      });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function authenticate(header: string | undefined, token: string): void {
  const given = Buffer.from(header ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return;
  throw new ApiError({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' });
}

const headerText = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? value.join(',') : (value ?? '');

async function decodeRequest(cluster: Cluster, message: IncomingMessage): Promise<ApiRequest> {
  const url = new URL(message.url ?? '/', 'https://sandbox');
  return {
    cluster,
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    accept: headerText(message.headers.accept),
    contentType: headerText(message.headers['content-type']),
    userAgent: headerText(message.headers['user-agent']),
    body: await readText(message),
    warnings: [],
  };
}

function respond(reply: Reply, request: ApiRequest, response: ServerResponse): void {
  if (request.warnings.length > 0) {
    response.setHeader(
      'warning',
      request.warnings.map((text) => `299 - ${JSON.stringify(text)}`),
    );
  }
  if (reply.kind === 'text') {
    response.writeHead(reply.code, { 'content-type': reply.type ?? 'text/plain; charset=utf-8' }).end(reply.text);
    return;
  }
  if (reply.kind === 'json') {
    const yaml = wantsYaml(request.accept);
    const text = yaml ? stringify(reply.body, { aliasDuplicateObjects: false }) : JSON.stringify(reply.body);
    const type = yaml ? 'application/yaml' : (reply.type ?? 'application/json');
    response.writeHead(reply.code, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text);
    return;
  }
  response.writeHead(200, { 'content-type': reply.type, 'cache-control': 'no-cache, private' });
  response.flushHeaders();
  reply.start(sinkOf(response));
}

function sinkOf(response: ServerResponse): StreamSink {
  const callbacks: (() => void)[] = [];
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    for (const callback of callbacks) callback();
  };
  response.on('close', close);
  return {
    write: (text) => {
      if (!closed) response.write(text);
    },
    end: () => {
      if (!closed) response.end();
      close();
    },
    onClose: (callback) => {
      if (closed) callback();
      else callbacks.push(callback);
    },
  };
}

function refuse(error: unknown, response: ServerResponse): void {
  const known =
    error instanceof ApiError
      ? error
      : new ApiError({
          code: 500,
          reason: 'InternalError',
          message: `Internal error occurred: ${error instanceof Error ? error.message : 'unknown'}`,
        });
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const token = continueTokenOf(known);
  const body = toStatus(known);
  if (token !== undefined) body['metadata'] = { continue: token };
  if (known.reason === '') delete body['reason'];
  const text = JSON.stringify(body);
  response
    .writeHead(known.code, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text);
}

const pause = (millis: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, millis).unref();
  });

let slowRequests = 0;

async function keepWaiting(cluster: Cluster, response: ServerResponse, delayMs: number): Promise<void> {
  slowRequests += 1;
  const number = slowRequests;
  cluster.unanswered.add(number);
  response.once('close', () => cluster.unanswered.delete(number));
  await pause(delayMs);
}

async function handle(
  cluster: Cluster,
  identity: ServerIdentity,
  exchange: { message: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { message, response } = exchange;
  try {
    if (cluster.fault.kind === 'down') {
      message.destroy();
      return;
    }
    if (cluster.fault.kind === 'slow') await keepWaiting(cluster, response, cluster.fault.delayMs);
    authenticate(message.headers.authorization, identity.token);
    const request = await decodeRequest(cluster, message);
    await cluster.gate?.(request, 'arrived');
    // Whoever hung up while the gate held the request never reached the cluster.
    if (response.destroyed) return;
    const reply = route(request);
    if (reply.kind !== 'stream') await cluster.gate?.(request, 'done');
    respond(reply, request, response);
  } catch (error) {
    refuse(error, response);
  }
}

/** Serves one cluster over HTTPS on loopback. `port` 0 takes a free one. */
export async function serveCluster(cluster: Cluster, identity: ServerIdentity, port: number): Promise<Server> {
  const server = createServer({ cert: identity.certificate, key: identity.key }, (message, response) => {
    void handle(cluster, identity, { message, response });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server;
}

export function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
