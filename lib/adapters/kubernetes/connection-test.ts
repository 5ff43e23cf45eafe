import { connect as connectTcp } from 'node:net';
import type { V1SelfSubjectAccessReview } from '@kubernetes/client-node';
import { textAt, valueAt } from '#lib/domain/resource/json.ts';
import { type ApiKind, type ClusterEndpoint, ClusterError, type ConnectionCheck } from '#lib/ports/cluster.ts';
import { createClient } from './client.ts';
import { guardedLookup, type ServerAddress } from './endpoint.ts';
import { networkError } from './errors.ts';
import { identitySource } from './identity.ts';
import type { Settings } from './options.ts';
import { APPLY_TYPE } from './requests.ts';
import { probeTls } from './tls-probe.ts';
import { type Call, Transport } from './transport.ts';

type CheckName = ConnectionCheck['name'];
/** What a check says: fine, not needed, or (by throwing) why not. */
type Outcome = string | { skipped: string };

const NAMES: readonly CheckName[] = ['dns', 'tcp', 'tls', 'authentication', 'version', 'can-list', 'can-apply'];

/** A sample of what applications are made of; a role that allows these is meant for deploying. */
const SAMPLE: readonly { group: string; resource: string }[] = [
  { group: 'apps', resource: 'deployments' },
  { group: '', resource: 'services' },
  { group: '', resource: 'configmaps' },
  { group: '', resource: 'secrets' },
  { group: 'batch', resource: 'jobs' },
];
const WRITES = ['create', 'patch', 'delete'] as const;
const DEPLOYMENTS: ApiKind = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  namespaced: true,
  verbs: ['list'],
  subresources: [],
};

interface Probe {
  endpoint: ClusterEndpoint;
  address: ServerAddress;
  settings: Settings;
  transport: Transport;
  wantWrite: boolean;
  /** Milliseconds until the whole test must have answered. */
  left: () => number;
  signal: AbortSignal;
}

function resolveHost({ address, settings }: Probe): Promise<string> {
  return new Promise((resolve, reject) => {
    guardedLookup(settings)(address.host, { all: true }, (error, addresses) => {
      if (error) return reject(networkError(error, { what: 'find the server', host: address.host }));
      const list = Array.isArray(addresses) ? addresses.map((one) => one.address) : [addresses];
      return resolve(`${address.host} is ${list.slice(0, 4).join(', ')}`);
    });
  });
}

function reachPort({ address, settings, left, signal }: Probe): Promise<string> {
  const host = `${address.host}:${address.port}`;
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host: address.host, port: address.port, lookup: guardedLookup(settings), signal });
    socket.setTimeout(left(), () => socket.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    socket.once('connect', () => {
      socket.destroy();
      resolve(`${host} accepts connections`);
    });
    socket.once('error', (error) => reject(networkError(error, { what: 'connect', host })));
  });
}

async function checkTls({ endpoint, address, settings, left }: Probe): Promise<Outcome> {
  if (address.protocol === 'http:') return { skipped: 'plain http on this machine' };
  const identity =
    endpoint.credential.kind === 'in-cluster' ? await identitySource(endpoint, settings).current() : undefined;
  const finding = await probeTls(endpoint, { address, caData: identity?.caData, settings, timeoutMs: left() });
  if (!finding.ok) throw new ClusterError('tls', finding.message);
  return finding.message;
}

function post(probe: Probe, call: { what: string; path: string; body: unknown }): Promise<unknown> {
  const { what, path, body } = call;
  return probe.transport.json({ ...baseCall(probe, what), method: 'POST', path, body: JSON.stringify(body) });
}

const baseCall = (
  { signal, left }: Probe,
  what: string,
): Pick<Call, 'what' | 'repeatable' | 'options' | 'timeoutMs'> => ({
  what,
  repeatable: true,
  options: { signal },
  timeoutMs: left(),
});

async function authenticate(probe: Probe): Promise<string> {
  const what = 'authenticate';
  try {
    const raw = await post(probe, {
      what,
      path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    });
    const user = textAt(raw, 'status', 'userInfo', 'username');
    if (user === 'system:anonymous')
      throw new ClusterError(
        'unauthenticated',
        'the server takes this for an anonymous caller; the credential does not reach it',
      );
    return user === '' ? 'the credential is accepted' : `known to the cluster as ${user.slice(0, 200)}`;
  } catch (error) {
    const reason = error instanceof ClusterError ? error.reason : undefined;
    if (reason === 'unauthenticated' && error instanceof ClusterError && error.status === 401) throw notAccepted();
    if (reason !== 'not-found' && reason !== 'forbidden') throw error;
  }
  await probe.transport.json({ ...baseCall(probe, what), method: 'GET', path: '/api' });
  return 'the credential is accepted';
}

const notAccepted = () =>
  new ClusterError(
    'unauthenticated',
    'the cluster does not accept this credential (401); is it whole, for this cluster, and not expired or withdrawn?',
  );

/** Verbs × sample that are not allowed, such as `create deployments.apps`; null when the server has no access reviews. */
async function refusedVerbs(probe: Probe, verbs: readonly string[]): Promise<string[] | null> {
  const asked = SAMPLE.flatMap(({ group, resource }) => verbs.map((verb) => ({ group, resource, verb })));
  const ask = async ({ group, resource, verb }: (typeof asked)[number]): Promise<string | undefined> => {
    const review: V1SelfSubjectAccessReview = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { group, resource, verb } },
    };
    const raw = await post(probe, {
      what: 'ask what this credential may do',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: review,
    });
    if (valueAt(raw, 'status', 'allowed') === true) return undefined;
    return `${verb} ${resource}${group === '' ? '' : `.${group}`}`;
  };
  try {
    const answers = await Promise.all(asked.map(ask));
    return answers.filter((answer) => answer !== undefined);
  } catch (error) {
    if (error instanceof ClusterError && error.reason === 'not-found') return null;
    throw error;
  }
}

const refusal = (refused: string[]) =>
  new ClusterError(
    'forbidden',
    `the credential may not ${refused.slice(0, 6).join(', ')}${refused.length > 6 ? ` and ${refused.length - 6} more` : ''} in all namespaces; apply the RBAC manifest offered here`,
  );

function adviseRole(error: unknown): never {
  if (!(error instanceof ClusterError) || error.reason !== 'forbidden') throw error;
  throw new ClusterError('forbidden', `${error.message}; apply the RBAC manifest offered here`, { status: 403 });
}

async function canList(probe: Probe): Promise<string> {
  const client = createClient(probe.transport);
  await client.list(DEPLOYMENTS, { limit: 1 }, { signal: probe.signal, timeoutMs: probe.left() }).catch(adviseRole);
  const refused = await refusedVerbs(probe, ['list', 'watch']);
  if (refused !== null && refused.length > 0) throw refusal(refused);
  return 'may list and watch workloads in all namespaces';
}

/** For a cluster that is only looked at; a credential that may do more than that is worth a word. */
function readOnly(refused: string[] | null): string {
  if (refused === null) return 'read-only: nothing is applied here';
  const more = SAMPLE.length * WRITES.length - refused.length;
  return more === 0
    ? 'read-only, and the credential may not write either'
    : 'read-only: nothing is applied here, though the credential may write; one that may only read is safer';
}

async function canApply(probe: Probe): Promise<Outcome> {
  if (!probe.wantWrite) return readOnly(await refusedVerbs(probe, WRITES).catch(() => null));
  const refused = await refusedVerbs(probe, WRITES);
  if (refused !== null && refused.length > 0) throw refusal(refused);
  if (refused !== null) return 'may create, patch and delete workloads in all namespaces';
  const name = 'quarterdeck-connection-test';
  await probe.transport.json({
    ...baseCall(probe, 'dry-run an apply'),
    method: 'PATCH',
    path: `/api/v1/namespaces/default/configmaps/${name}`,
    query: { fieldManager: 'quarterdeck', dryRun: 'All', force: 'true' },
    contentType: APPLY_TYPE,
    body: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } }),
  });
  return 'a dry-run apply is accepted';
}

export interface TestRequest {
  endpoint: ClusterEndpoint;
  address: ServerAddress;
  settings: Settings;
  wantWrite: boolean;
  timeoutMs: number;
  signal: AbortSignal | undefined;
}

export interface TestResult {
  checks: ConnectionCheck[];
  version: string | undefined;
}

/** Runs the checks in order and answers within `timeoutMs`, whatever the host does. Never throws. */
export async function testConnection(request: TestRequest): Promise<TestResult> {
  const endsAt = Date.now() + request.timeoutMs;
  const left = () => Math.max(1, endsAt - Date.now());
  const overdue = AbortSignal.timeout(request.timeoutMs);
  const signal = request.signal ? AbortSignal.any([overdue, request.signal]) : overdue;
  const transport = new Transport(request.endpoint, request.address, request.settings);
  const probe: Probe = { ...request, transport, left, signal };
  let version: string | undefined;
  const steps: Record<CheckName, () => Promise<Outcome>> = {
    dns: () => resolveHost(probe),
    tcp: () => reachPort(probe),
    tls: () => checkTls(probe),
    authentication: () => authenticate(probe),
    version: async () => {
      version = await createClient(transport).version({ signal, timeoutMs: left() });
      return `Kubernetes ${version}`;
    },
    'can-list': () => canList(probe),
    'can-apply': () => canApply(probe),
  };
  const checks: ConnectionCheck[] = [];
  for (const name of NAMES) {
    const failed = checks.find((check) => check.result === 'failed');
    checks.push(
      failed ? skip(name, `after ${failed.name} failed`) : await runStep(name, steps[name], { signal, request }),
    );
  }
  await transport.close();
  return { checks, version };
}

const skip = (name: CheckName, message: string): ConnectionCheck => ({
  name,
  result: 'skipped',
  message,
  latencyMs: 0,
});

async function runStep(
  name: CheckName,
  step: () => Promise<Outcome>,
  { signal, request }: { signal: AbortSignal; request: TestRequest },
): Promise<ConnectionCheck> {
  const started = performance.now();
  const latencyMs = () => Math.round(performance.now() - started);
  try {
    const outcome = await orAborted(step(), signal, request.timeoutMs);
    if (typeof outcome !== 'string') return skip(name, outcome.skipped);
    return { name, result: 'ok', message: outcome, latencyMs: latencyMs() };
  } catch (error) {
    const message = networkError(error, { what: 'connect', host: request.address.host }).message;
    return { name, result: 'failed', message, latencyMs: latencyMs() };
  }
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new ClusterError('timeout', `no answer within ${timeoutMs / 1000} s`));
    if (signal.aborted) late();
    signal.addEventListener('abort', late, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late));
  });
}

/** The answer for an endpoint this house does not go to at all. */
export function refusedEndpoint(problem: string): TestResult {
  const checks = NAMES.map((name, index): ConnectionCheck =>
    index === 0 ? { name, result: 'failed', message: problem, latencyMs: 0 } : skip(name, 'the server is refused'),
  );
  return { checks, version: undefined };
}
