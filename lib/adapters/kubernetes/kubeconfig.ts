import { parseDocument } from 'yaml';
import { isObject, listAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import type { ClusterCredential, ClusterEndpoint } from '#lib/ports/cluster.ts';
import type { KubeconfigContext, ParseKubeconfig } from '#lib/ports/kubeconfig.ts';
import { parseServer } from './endpoint.ts';
import { execProblem } from './exec-plugin.ts';
import type { Settings } from './options.ts';

const MAX_TEXT = 1024 * 1024;
const MAX_CONTEXTS = 1_000;
/** Kubeconfigs have no use for aliases; a few are let through. */
const MAX_ALIASES = 20;
const EMBED = 'embed it with `kubectl config view --flatten --raw`';

type Parsed = ReturnType<ParseKubeconfig>;
type Rules = Pick<Settings, 'allowExecPlugins' | 'allowedExecCommands' | 'allowPlainHttpLoopback' | 'allowLinkLocal'>;
/** A part of the file, or why it cannot be used. */
type Found<T> = { value: T } | { problem: string };

const problem = (text: string): { problem: string } => ({ problem: text });
const nothing = (warning: string): Parsed => ({ contexts: [], warnings: [warning] });

/** Reads YAML or JSON without quoting any of it: the first error is told by line and kind only. */
function parseText(text: string): Found<JsonObject> {
  if (text.trim() === '') return problem('The kubeconfig is empty.');
  if (Buffer.byteLength(text) > MAX_TEXT) return problem('The kubeconfig is larger than 1 MiB.');
  try {
    const document = parseDocument(text, { uniqueKeys: true, logLevel: 'silent', prettyErrors: true, merge: false });
    const error = document.errors[0];
    if (error !== undefined) {
      const line = error.linePos?.[0].line;
      return problem(
        `The kubeconfig is not valid YAML${line === undefined ? '' : ` at line ${line}`} (${error.code}).`,
      );
    }
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    if (isObject(value)) return { value };
    return problem('The kubeconfig is not a map; it starts with `apiVersion: v1` and `kind: Config`.');
  } catch {
    return problem('The kubeconfig has too many or broken aliases.');
  }
}

/** Entries of `clusters`, `users` or `contexts` by name; the first of a name counts, as for kubectl. */
function entriesOf(
  file: JsonObject,
  list: 'clusters' | 'users' | 'contexts',
  field: string,
): Found<Map<string, JsonObject>> {
  const raw = file[list];
  if (raw === undefined || raw === null) return { value: new Map() };
  if (!Array.isArray(raw)) return problem(`The field ${list} must be a list.`);
  const entries = new Map<string, JsonObject>();
  for (const [index, entry] of raw.entries()) {
    const name = textAt(entry, 'name');
    if (name === '') return problem(`${list}[${index}] has no name.`);
    const body = isObject(entry) ? entry[field] : undefined;
    if (body !== null && body !== undefined && !isObject(body))
      return problem(`${list}[${index}].${field} must be a map.`);
    if (!entries.has(name)) entries.set(name, isObject(body) ? body : {});
  }
  return { value: entries };
}

/** PEM from a `…-data` field. */
function pemOf(body: JsonObject, field: string, where: string): Found<string | undefined> {
  const data = textAt(body, `${field}-data`);
  if (data === '') {
    const file = textAt(body, field);
    return file === ''
      ? { value: undefined }
      : problem(`${where}.${field} names a file (${file.slice(0, 200)}); ${EMBED}`);
  }
  const text = /^[A-Za-z0-9+/=\s]+$/.test(data) ? Buffer.from(data, 'base64').toString('utf8') : '';
  return text.includes('-----BEGIN ') ? { value: text } : problem(`${where}.${field}-data is not PEM in base64`);
}

function execCredential(exec: JsonObject, rules: Rules): Found<ClusterCredential> {
  const command = textAt(exec, 'command');
  if (command === '') return problem('users[].user.exec has no command');
  const refused = execProblem(command, rules);
  if (refused !== undefined) return problem(refused);
  const env = listAt(exec, 'env').map((one): [string, string] => [textAt(one, 'name'), textAt(one, 'value')]);
  return {
    value: {
      kind: 'exec',
      command,
      args: listAt(exec, 'args').map(String),
      env: Object.fromEntries(env.filter(([name]) => name !== '')),
      apiVersion: textAt(exec, 'apiVersion') || 'client.authentication.k8s.io/v1',
    },
  };
}

function credentialOf(user: JsonObject, { name, rules }: { name: string; rules: Rules }): Found<ClusterCredential> {
  const where = `user ${name}`;
  if (isObject(user['exec'])) return execCredential(user['exec'], rules);
  if (isObject(user['auth-provider'])) {
    const provider = textAt(user, 'auth-provider', 'name') || 'unknown';
    return problem(
      `${where} uses the auth-provider ${provider}, which Kubernetes removed in 1.26; use an exec plugin or a service account token`,
    );
  }
  const token = textAt(user, 'token');
  if (token !== '') return { value: { kind: 'token', token } };
  if (textAt(user, 'tokenFile') !== '')
    return problem(
      `${where}.tokenFile names a file (${textAt(user, 'tokenFile').slice(0, 200)}); put the token itself into the field token`,
    );
  const certificate = pemOf(user, 'client-certificate', where);
  const key = pemOf(user, 'client-key', where);
  if ('problem' in certificate) return certificate;
  if ('problem' in key) return key;
  if (certificate.value !== undefined && key.value !== undefined)
    return { value: { kind: 'client-certificate', certificate: certificate.value, key: key.value } };
  if (certificate.value !== undefined || key.value !== undefined)
    return problem(
      `${where} has ${certificate.value === undefined ? 'a key without a certificate' : 'a certificate without its key'}`,
    );
  if (textAt(user, 'username') !== '')
    return problem(`${where} uses a password, which Kubernetes removed in 1.19; use a service account token`);
  return problem(`${where} holds no token, client certificate or exec plugin`);
}

function endpointOf(
  cluster: JsonObject,
  { name, rules }: { name: string; rules: Rules },
): Found<Omit<ClusterEndpoint, 'credential'>> {
  const where = `cluster ${name}`;
  const server = textAt(cluster, 'server');
  if (server === '') return problem(`${where} has no server`);
  const address = parseServer(server, rules);
  if ('problem' in address) return problem(`${where}: ${address.problem}`);
  if (textAt(cluster, 'proxy-url') !== '')
    return problem(
      `${where} is reached through proxy-url, which is not supported; register an address that is reached directly`,
    );
  const ca = pemOf(cluster, 'certificate-authority', where);
  if ('problem' in ca) return ca;
  const serverName = textAt(cluster, 'tls-server-name');
  return {
    value: {
      server,
      insecureSkipTlsVerify: cluster['insecure-skip-tls-verify'] === true,
      ...(ca.value === undefined ? {} : { caData: ca.value }),
      ...(serverName === '' ? {} : { tlsServerName: serverName }),
    },
  };
}

/** Userinfo must not travel further, not even in what is shown beside the refusal. */
const shownServer = (server: string): string => server.slice(0, 500).replace(/\/\/[^/?#]*@/, '//');

const CREDENTIAL_FIELDS: readonly [field: string, kind: string][] = [
  ['exec', 'exec'],
  ['auth-provider', 'auth-provider'],
  ['token', 'token'],
  ['tokenFile', 'token'],
  ['client-certificate-data', 'client-certificate'],
  ['client-certificate', 'client-certificate'],
  ['username', 'password'],
];

const credentialKind = (user: JsonObject | undefined): string =>
  CREDENTIAL_FIELDS.find(([field]) => user?.[field] !== undefined)?.[1] ?? 'none';

interface Sections {
  clusters: Map<string, JsonObject>;
  users: Map<string, JsonObject>;
  rules: Rules;
}

function resolveEndpoint(context: JsonObject, { clusters, users, rules }: Sections): Found<ClusterEndpoint> {
  const clusterName = textAt(context, 'cluster');
  const userName = textAt(context, 'user');
  const cluster = clusters.get(clusterName);
  const user = users.get(userName);
  if (!cluster)
    return problem(
      clusterName === '' ? 'The context names no cluster' : `There is no cluster ${clusterName} in this file`,
    );
  if (!user)
    return problem(userName === '' ? 'The context names no user' : `There is no user ${userName} in this file`);
  const endpoint = endpointOf(cluster, { name: clusterName, rules });
  if ('problem' in endpoint) return endpoint;
  const credential = credentialOf(user, { name: userName, rules });
  if ('problem' in credential) return credential;
  return { value: { ...endpoint.value, credential: credential.value } };
}

function readContext(name: string, context: JsonObject, sections: Sections): KubeconfigContext {
  const found = resolveEndpoint(context, sections);
  const cluster = textAt(context, 'cluster');
  const user = textAt(context, 'user');
  return {
    name,
    cluster,
    user,
    server: shownServer(textAt(sections.clusters.get(cluster), 'server')),
    namespace: textAt(context, 'namespace') || null,
    credentialKind: credentialKind(sections.users.get(user)),
    problem: 'problem' in found ? found.problem : null,
    endpoint: 'value' in found ? found.value : undefined,
  };
}

/** Contexts of a kubeconfig with what each needs to connect; see {@link ParseKubeconfig}. */
export function readKubeconfig(text: string, rules: Rules): Parsed {
  const file = parseText(text);
  if ('problem' in file) return nothing(file.problem);
  const clusters = entriesOf(file.value, 'clusters', 'cluster');
  if ('problem' in clusters) return nothing(clusters.problem);
  const users = entriesOf(file.value, 'users', 'user');
  if ('problem' in users) return nothing(users.problem);
  const contexts = entriesOf(file.value, 'contexts', 'context');
  if ('problem' in contexts) return nothing(contexts.problem);
  if (contexts.value.size === 0) return nothing('The kubeconfig has no contexts.');
  const sections: Sections = { clusters: clusters.value, users: users.value, rules };
  const read = [...contexts.value]
    .slice(0, MAX_CONTEXTS)
    .map(([name, context]) => readContext(name, context, sections));
  const warnings = read
    .filter((context) => context.endpoint?.insecureSkipTlsVerify === true)
    .map(
      (context) =>
        `Context ${context.name} does not verify the server's certificate (insecure-skip-tls-verify): anyone on the way can read its credential.`,
    );
  if (contexts.value.size > MAX_CONTEXTS)
    warnings.push(`Only the first ${MAX_CONTEXTS} of ${contexts.value.size} contexts are shown.`);
  return { contexts: read, warnings };
}
