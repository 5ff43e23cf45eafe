import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { ClusterEndpoint } from '#lib/ports/cluster.ts';
import { type SandboxCluster, type SandboxClusters, startSandboxClusters } from '#lib/sandbox/kubernetes/start.ts';
import { type Authority, createAuthority, issueCertificate } from '#lib/sandbox/kubernetes/tls.ts';
import { createKubernetesAdapter } from './kubernetes-adapter.ts';
import type { KubernetesAdapterOptions } from './options.ts';

let clusters: SandboxClusters;
let cluster: SandboxCluster;
let authority: Authority;
let identity: Authority;
let folder: string;
beforeAll(async () => {
  clusters = await startSandboxClusters({ names: ['dev'] });
  const [first] = clusters.clusters;
  if (!first) throw new Error('no cluster was started');
  cluster = first;
  authority = await createAuthority(Date.now());
  identity = await issueCertificate(authority, { now: Date.now(), expired: false });
  folder = await mkdtemp(path.join(tmpdir(), 'quarterdeck-connection-'));
});
afterAll(async () => {
  await clusters.stop();
  await rm(folder, { recursive: true, force: true });
});

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return port;
}

/** An API server that knows its callers and lets each do what `allows` says. */
async function fakeServer(
  options: ServerOptions & { allows?: (verb: string) => boolean; listStatus?: number; reviews?: boolean },
): Promise<ClusterEndpoint> {
  const { allows = () => true, listStatus = 200, reviews = true, ...tls } = options;
  const server = createServer({ cert: identity.certificate, key: identity.key, ...tls }, (request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const refuse = (code: number, message: string) =>
      answer(code, { kind: 'Status', status: 'Failure', code, message });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = request.url ?? '';
      const certificate = request.socket instanceof TLSSocket ? request.socket.getPeerCertificate() : undefined;
      const username = certificate?.subject?.CN ?? 'somebody';
      if (url.startsWith('/version')) return answer(200, { gitVersion: 'v1.33.0' });
      if (url.endsWith('/selfsubjectreviews')) return answer(201, { status: { userInfo: { username } } });
      if (url.includes('/deployments'))
        return listStatus === 200
          ? answer(200, { kind: 'DeploymentList', metadata: { resourceVersion: '1' }, items: [] })
          : refuse(listStatus, 'deployments.apps is forbidden: User "somebody" cannot list resource "deployments"');
      if (!reviews) return refuse(404, 'the server could not find the requested resource');
      const asked: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const verb = textAt(objectAt(asked, 'spec'), 'resourceAttributes', 'verb');
      return answer(201, { status: { allowed: allows(verb) } });
    });
  });
  const port = await listen(server);
  return {
    server: `https://127.0.0.1:${port}`,
    caData: authority.certificate,
    credential: { kind: 'token', token: 'a-token' },
  };
}

const own = (change: Partial<ClusterEndpoint> = {}): ClusterEndpoint => ({
  server: cluster.server,
  caData: cluster.caData,
  credential: { kind: 'token', token: cluster.token },
  ...change,
});

async function check(
  endpoint: ClusterEndpoint,
  options: { wantWrite?: boolean; timeoutMs?: number; adapter?: Partial<KubernetesAdapterOptions> } = {},
) {
  const { wantWrite = true, timeoutMs = 10_000, adapter } = options;
  const result = await createKubernetesAdapter({ allowExecPlugins: false, ...adapter }).test(endpoint, {
    wantWrite,
    timeoutMs,
  });
  const failed = result.checks.find((one) => one.result === 'failed');
  return { ...result, failed: failed ? `${failed.name}: ${failed.message}` : null };
}

describe('a credential that works', () => {
  test('names every check in order, each with its time', async () => {
    const { checks, version } = await check(own());
    expect(checks.map(({ name, result }) => `${name} ${result}`)).toEqual([
      'dns ok',
      'tcp ok',
      'tls ok',
      'authentication ok',
      'version ok',
      'can-list ok',
      'can-apply ok',
    ]);
    expect(version).toMatch(/^v1\.\d+\.\d+$/);
    expect(checks.every(({ latencyMs }) => Number.isInteger(latencyMs) && latencyMs >= 0)).toBe(true);
    expect(checks[3]?.message).toBe('known to the cluster as sandbox-admin');
  });

  test('is a client certificate', async () => {
    const client = await issueCertificate(authority, { now: Date.now(), expired: false });
    const endpoint = await fakeServer({ requestCert: true, rejectUnauthorized: false });
    const credential = { kind: 'client-certificate' as const, certificate: client.certificate, key: client.key };
    const { failed, checks } = await check({ ...endpoint, credential });
    expect(failed).toBeNull();
    expect(checks[3]?.message).toBe('known to the cluster as localhost');
  });

  test('is what an exec plugin prints, where the administrator allows it', async () => {
    const answer = { kind: 'ExecCredential', status: { token: cluster.token } };
    const script = `process.stdout.write(${JSON.stringify(JSON.stringify(answer))})`;
    const credential = {
      kind: 'exec' as const,
      command: process.execPath,
      args: ['-e', script],
      env: {},
      apiVersion: 'client.authentication.k8s.io/v1',
    };
    expect((await check(own({ credential }), { adapter: { allowExecPlugins: true } })).failed).toBeNull();
    expect((await check(own({ credential }))).failed).toMatch(/^dns: .*exec plugins are not allowed here/);
  });

  test('is the service account of our own pod, with its authority', async () => {
    await writeFile(path.join(folder, 'token'), `${cluster.token}\n`);
    await writeFile(path.join(folder, 'ca.crt'), cluster.caData);
    const endpoint: ClusterEndpoint = { server: cluster.server, credential: { kind: 'in-cluster' } };
    expect((await check(endpoint, { adapter: { serviceAccountFolder: folder } })).failed).toBeNull();
    expect((await check(endpoint, { adapter: { allowInCluster: false } })).failed).toMatch(/not allowed here/);
    const elsewhere = { serviceAccountFolder: path.join(folder, 'nowhere') };
    expect((await check(endpoint, { adapter: elsewhere })).failed).toMatch(
      /^tls: No service account at .*runs as a pod/,
    );
  });

  test('may be one that only reads, for a cluster that is only looked at', async () => {
    const readOnly = await fakeServer({ allows: (verb) => verb === 'list' || verb === 'watch' });
    const looking = await check(readOnly, { wantWrite: false });
    expect(looking.checks.at(-1)).toMatchObject({
      result: 'ok',
      message: expect.stringContaining('may not write either'),
    });
    expect((await check(own(), { wantWrite: false })).checks.at(-1)).toMatchObject({
      result: 'ok',
      message: expect.stringContaining('may only read is safer'),
    });
    expect((await check(readOnly)).failed).toMatch(
      /^can-apply: the credential may not create deployments\.apps, .* and \d+ more in all namespaces; apply the RBAC manifest/,
    );
  });

  test('is tried with a dry run where the server has no access reviews', async () => {
    const endpoint = await fakeServer({ reviews: false });
    expect((await check(endpoint)).failed).toMatch(/^can-apply: Cannot dry-run an apply/);
  });
});

describe('what is wrong is named, with what to do', () => {
  test.each([
    ['a name nobody knows', { server: 'https://nowhere.invalid:6443' }, /^dns: .*nowhere\.invalid/],
    [
      'a port nobody listens on',
      { server: 'https://127.0.0.1:9' },
      /^tcp: .*refuses the connection; is the API server/,
    ],
    [
      'another name in the certificate',
      { tlsServerName: 'api.example' },
      /^tls: .*not for api\.example but for localhost, 127\.0\.0\.1; use one of/,
    ],
    ['no authority', { caData: '' }, /^tls: .*give the authority of the cluster as CA data/],
    [
      'a token that is none',
      { credential: { kind: 'token' as const, token: 'nonsense' } },
      /^authentication: the cluster does not accept this credential.*expired/,
    ],
    ['a token over two lines', { credential: { kind: 'token' as const, token: 'a\nb' } }, /paste it as one line/],
    ['cloud metadata', { server: 'https://169.254.169.254' }, /^dns: .*link-local address/],
    ['cloud metadata inside IPv6', { server: 'https://[::ffff:169.254.169.254]' }, /^dns: .*link-local address/],
    ['plain http', { server: 'http://203.0.113.7' }, /^dns: .*use https/],
    ['a user in the URL', { server: 'https://u:p@203.0.113.7' }, /^dns: .*put the credential into its own field/],
  ])('%s', async (_name, change, words) => {
    const { failed, checks } = await check(own(change));
    expect(failed).toMatch(words);
    const at = checks.findIndex(({ result }) => result === 'failed');
    expect(checks.slice(at + 1).every(({ result }) => result === 'skipped')).toBe(true);
    expect(JSON.stringify(checks)).not.toContain(cluster.token);
  });

  test('a certificate that expired, with its date', async () => {
    await cluster.control.setExpiredCertificate(true);
    try {
      expect((await check(own())).failed).toMatch(/^tls: .*expired on \d{4}-\d\d-\d\d \d\d:\d\d UTC; renew it/);
      const unverified = await check(own({ insecureSkipTlsVerify: true }));
      expect(unverified.failed).toBeNull();
      expect(unverified.checks[2]?.message).toMatch(/NOT verified .* expired on/);
    } finally {
      await cluster.control.setExpiredCertificate(false);
    }
  });

  test('a server that signs for itself', async () => {
    const endpoint = await fakeServer({ cert: authority.certificate, key: authority.key });
    const { caData: _unknown, ...rest } = endpoint;
    expect((await check(rest)).failed).toMatch(/^tls: .*self-signed.*give the authority/);
  });

  test('a port that speaks no TLS', async () => {
    const port = await listen(createHttpServer((_request, response) => void response.end()));
    expect((await check(own({ server: `https://127.0.0.1:${port}` }))).failed).toMatch(/^tls: .*does not speak TLS/);
  });

  test('a port that says nothing, within the time given', async () => {
    const port = await listen(createTcpServer(() => undefined));
    const { failed } = await check(own({ server: `https://127.0.0.1:${port}` }), { timeoutMs: 200 });
    expect(failed).toMatch(/^tls: no (TLS handshake|answer) within/);
  });

  test('a role that may not list', async () => {
    const endpoint = await fakeServer({ listStatus: 403 });
    expect((await check(endpoint)).failed).toMatch(
      /^can-list: .*cannot list resource "deployments"; apply the RBAC manifest/,
    );
    const narrow = await fakeServer({ allows: (verb) => verb === 'list' });
    expect((await check(narrow)).failed).toMatch(/^can-list: the credential may not watch deployments\.apps/);
  });
});
