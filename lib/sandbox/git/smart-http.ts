import { spawn } from 'node:child_process';
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { GIT_ENVIRONMENT } from './run-git.ts';

type Service = 'git-upload-pack' | 'git-receive-pack';

export interface SmartHttpOptions {
  token: string;
  /** Folder of a repository by its name, or undefined when there is none. */
  directoryOf(repository: string): string | undefined;
  /** Repositories anyone may read. */
  isPublic(repository: string): boolean;
  /** Repositories whose requests are never answered. */
  isHanging(repository: string): boolean;
  /** A push is in the repository; its answer ends when this does. */
  pushed(repository: string): Promise<void>;
  /** Runs a push; the server waits for it before the next push to the same repository. */
  aroundPush(repository: string, push: () => Promise<void>): Promise<void>;
}

const MAX_BODY = 64 * 1024 * 1024;
const TIMEOUT_MS = 60_000;
const PATH = /^\/([a-z0-9][a-z0-9-]*)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** Git's smart HTTP protocol for one request, by git's own stateless commands. */
export async function serveSmartHttp(
  request: IncomingMessage,
  response: ServerResponse,
  options: SmartHttpOptions,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const match = PATH.exec(url.pathname);
  const [, repository = '', action = ''] = match ?? [];
  const service = serviceOf(action, url.searchParams.get('service'), request.method);
  if (match === null || service === null) return refuse(response, 404, 'not found');
  const open = service === 'git-upload-pack' && options.isPublic(repository);
  if (!open && !isAuthorised(request.headers.authorization, options.token)) {
    response.setHeader('WWW-Authenticate', 'Basic realm="sandbox"');
    return refuse(response, 401, 'a token is needed');
  }
  if (options.isHanging(repository)) return;
  const directory = options.directoryOf(repository);
  if (directory === undefined) return refuse(response, 404, 'repository not found');
  if (action === 'info/refs') return advertise(request, response, { service, directory });
  const call = { service, directory };
  if (service === 'git-upload-pack') return exchange(request, response, call);
  const due = (): Promise<void> => options.pushed(repository);
  return options.aroundPush(repository, () => exchange(request, response, { ...call, due }));
}

function serviceOf(action: string, asked: string | null, method: string | undefined): Service | null {
  if (action === 'info/refs') {
    return method === 'GET' && (asked === 'git-upload-pack' || asked === 'git-receive-pack') ? asked : null;
  }
  return method === 'POST' && (action === 'git-upload-pack' || action === 'git-receive-pack') ? action : null;
}

/** `Bearer <token>`, or Basic with the token as the password. */
function isAuthorised(header: string | undefined, token: string): boolean {
  const [scheme = '', value = ''] = (header ?? '').split(' ');
  if (scheme.toLowerCase() === 'bearer') return same(value, token);
  if (scheme.toLowerCase() !== 'basic') return false;
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  return same(decoded.slice(decoded.indexOf(':') + 1), token);
}

function same(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

interface Call {
  service: Service;
  directory: string;
  /** The answer ends no sooner than this. */
  due?: () => Promise<void>;
}

function startGit(request: IncomingMessage, call: Call, flags: string[]): ReturnType<typeof spawn> {
  const protocol = request.headers['git-protocol'];
  const env = { ...GIT_ENVIRONMENT, ...(typeof protocol === 'string' ? { GIT_PROTOCOL: protocol } : {}) };
  const command = call.service.replace(/^git-/, '');
  return spawn('git', [command, '--stateless-rpc', ...flags, call.directory], { env, timeout: TIMEOUT_MS });
}

function advertise(request: IncomingMessage, response: ServerResponse, call: Call): Promise<void> {
  response.setHeader('Content-Type', `application/x-${call.service}-advertisement`);
  response.setHeader('Cache-Control', 'no-cache');
  const line = `# service=${call.service}\n`;
  response.write(`${(line.length + 4).toString(16).padStart(4, '0')}${line}0000`);
  const child = startGit(request, call, ['--advertise-refs']);
  child.stdin?.end();
  return answerWith(child, response);
}

function exchange(request: IncomingMessage, response: ServerResponse, call: Call): Promise<void> {
  response.setHeader('Content-Type', `application/x-${call.service}-result`);
  response.setHeader('Cache-Control', 'no-cache');
  const child = startGit(request, call, []);
  let bytes = 0;
  const cap = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      bytes += chunk.length;
      if (bytes > MAX_BODY) next(new Error('the request is too large'));
      else next(null, chunk);
    },
  });
  const unpacked = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  if (child.stdin !== null) {
    pipeline(unpacked, cap, child.stdin, (error) => {
      if (error !== null && error !== undefined && bytes > MAX_BODY) child.kill('SIGKILL');
    });
  }
  return answerWith(child, response, call.due);
}

function answerWith(
  child: ReturnType<typeof spawn>,
  response: ServerResponse,
  due: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      void due().finally(() => {
        response.end();
        resolve();
      });
    };
    child.on('error', end);
    child.on('close', end);
    response.on('close', () => child.kill('SIGTERM'));
    child.stderr?.resume();
    child.stdout?.pipe(response, { end: false });
  });
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain');
  response.end(`${words}\n`);
}
