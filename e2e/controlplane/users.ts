import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import type { ApiClient } from './api-client.ts';

export interface PolicyRule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

/** A person or machine of the control plane: member of `groups`, and holder of `rules` in every namespace. */
export interface ControlPlaneUser {
  name: string;
  groups?: string[];
  rules?: PolicyRule[];
}

export const ADMIN = 'admin';
export const VIEWER = 'viewer';

const DEFAULT_USERS: ControlPlaneUser[] = [
  { name: ADMIN, groups: ['system:masters'] },
  { name: VIEWER, rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch'] }] },
];

/** The default users and these; a user of the same name replaces a default one. */
export function allUsers(extra: ControlPlaneUser[]): ControlPlaneUser[] {
  const names = new Set(extra.map((user) => user.name));
  return [...DEFAULT_USERS.filter((user) => !names.has(user.name)), ...extra];
}

/** Writes the API server's token file; tokens of an earlier start in the same folder stay valid. */
export async function writeTokens(file: string, users: ControlPlaneUser[]): Promise<Record<string, string>> {
  const lines = existsSync(file) ? (await readFile(file, 'utf8')).split('\n') : [];
  const known = new Map<string, string>();
  for (const line of lines) {
    const [token, name] = line.split(',');
    if (token && name) known.set(name, token);
  }
  const tokens: Record<string, string> = {};
  for (const user of users) tokens[user.name] = known.get(user.name) ?? randomBytes(24).toString('hex');
  const rows = users.map((user) => `${tokens[user.name]},${user.name},${user.name},"${(user.groups ?? []).join(',')}"`);
  await writeFile(file, `${rows.join('\n')}\n`, { mode: 0o600 });
  return tokens;
}

/** The key pair that signs service account tokens, made at the first start of a folder. */
export async function ensureServiceAccountKey(folder: string): Promise<{ privateKey: string; publicKey: string }> {
  const files = { privateKey: path.join(folder, 'sa.key'), publicKey: path.join(folder, 'sa.pub') };
  if (!existsSync(files.privateKey) || !existsSync(files.publicKey)) {
    const pair = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    await writeFile(files.privateKey, pair.privateKey, { mode: 0o600 });
    await writeFile(files.publicKey, pair.publicKey, { mode: 0o600 });
  }
  return files;
}

/** A kubeconfig with one context, named `context`. */
export function kubeconfigText(access: { context: string; server: string; caData: string; token: string }): string {
  const name = access.context;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [
      {
        name,
        cluster: {
          server: access.server,
          'certificate-authority-data': Buffer.from(access.caData).toString('base64'),
        },
      },
    ],
    users: [{ name, user: { token: access.token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
}

/** Grants each user its rules through a ClusterRole and a ClusterRoleBinding named after it. */
export async function grantRules(api: ApiClient, users: ControlPlaneUser[]): Promise<void> {
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  const apply = async (path: string, body: unknown) => {
    const reply = await api.apply(path, body, { fieldManager: 'control-plane', force: true });
    if (reply.status >= 300) throw new Error(`Granting rules at ${path} failed: ${reply.text}`);
  };
  for (const user of users) {
    if (!user.rules) continue;
    const name = `quarterdeck-${user.name}`;
    const head = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name } };
    await apply(`${rbac}/clusterroles/${name}`, { ...head, kind: 'ClusterRole', rules: user.rules });
    await apply(`${rbac}/clusterrolebindings/${name}`, {
      ...head,
      kind: 'ClusterRoleBinding',
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user.name }],
    });
  }
}
