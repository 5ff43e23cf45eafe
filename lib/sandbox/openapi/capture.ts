/** Run by hand: `node lib/sandbox/openapi/capture.ts KUBECONFIG [OUTPUT]`; see README.md beside it. */
import { readFile, writeFile } from 'node:fs/promises';
import { Agent, request } from 'undici';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { z } from 'zod';
import { reduceDefinitions } from '#lib/domain/schema/reduce.ts';
import type {
  GroupVersionKind,
  GroupVersionSchema,
  KubernetesSchemaBundle,
  ResourceSchema,
  SchemaDefinitions,
} from '#lib/domain/schema/types.ts';

const kubeconfigSchema = z.object({
  clusters: z.array(z.object({ cluster: z.object({ server: z.url(), 'certificate-authority-data': z.base64() }) })).min(1),
  users: z.array(z.object({ user: z.object({ token: z.string() }) })).min(1),
});
const kindSchema = z.object({ group: z.string().default(''), version: z.string().default(''), kind: z.string() });
const discoverySchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string().default('') }).default({ name: '' }),
      versions: z.array(
        z.object({
          version: z.string(),
          resources: z
            .array(
              z.object({
                resource: z.string(),
                responseKind: kindSchema,
                scope: z.enum(['Namespaced', 'Cluster']),
                singularResource: z.string().default(''),
                verbs: z.array(z.string()),
                shortNames: z.array(z.string()).default([]),
                categories: z.array(z.string()).default([]),
                subresources: z
                  .array(z.object({ subresource: z.string(), responseKind: kindSchema, verbs: z.array(z.string()) }))
                  .default([]),
              }),
            )
            .default([]),
        }),
      ),
    }),
  ),
});

type Get = (path: string, accept?: string) => Promise<unknown>;
type DiscoveredResource = z.output<typeof discoverySchema>['items'][number]['versions'][number]['resources'][number];

async function connect(kubeconfigPath: string): Promise<{ get: Get; close: () => Promise<void> }> {
  const config = kubeconfigSchema.parse(parse(await readFile(kubeconfigPath, 'utf8')));
  const cluster = config.clusters[0]?.cluster;
  const token = config.users[0]?.user.token;
  if (!cluster || !token) throw new Error(`${kubeconfigPath} names no cluster with a CA and no user with a token`);
  const ca = Buffer.from(cluster['certificate-authority-data'], 'base64').toString('utf8');
  const dispatcher = new Agent({ connect: { ca } });
  const get: Get = async (resource, accept = 'application/json') => {
    const reply = await request(new URL(resource, cluster.server), {
      headers: { authorization: `Bearer ${token}`, accept },
      dispatcher,
    });
    const body = await reply.body.text();
    if (reply.statusCode !== 200) throw new Error(`GET ${resource}: ${reply.statusCode} ${body.slice(0, 200)}`);
    return JSON.parse(body) as unknown;
  };
  return { get, close: () => dispatcher.close() };
}

function toResource(found: DiscoveredResource, own: { group: string; version: string }): ResourceSchema {
  const full = (kind: z.output<typeof kindSchema>): GroupVersionKind =>
    kind.version === '' ? { ...own, kind: kind.kind } : kind;
  return {
    plural: found.resource,
    singular: found.singularResource,
    kind: found.responseKind.kind,
    namespaced: found.scope === 'Namespaced',
    shortNames: found.shortNames,
    categories: found.categories,
    verbs: found.verbs,
    subresources: found.subresources.map((sub) => ({
      name: sub.subresource,
      kind: full(sub.responseKind),
      verbs: sub.verbs,
    })),
  };
}

/** Every group version the server announces, in its order; `kinds` is filled later. */
async function discover(get: Get): Promise<GroupVersionSchema[]> {
  const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
  const lists = [await get('/api', accept), await get('/apis', accept)].map((list) => discoverySchema.parse(list));
  return lists.flatMap((list) =>
    list.items.flatMap((item) =>
      item.versions.map(({ version, resources }) => {
        const own = { group: item.metadata.name, version };
        return { ...own, resources: resources.map((found) => toResource(found, own)), kinds: {} };
      }),
    ),
  );
}

/** The same definition comes with every document that uses it; two that differ would be a surprise worth stopping for. */
function mergeDefinitions(into: SchemaDefinitions, more: SchemaDefinitions, origin: string): void {
  for (const [name, node] of Object.entries(more)) {
    const known = into[name];
    if (known === undefined) into[name] = node;
    else if (JSON.stringify(known) !== JSON.stringify(node)) {
      throw new Error(`Definition ${name} of ${origin} differs from the one of an earlier document`);
    }
  }
}

function fillKinds(groupVersions: GroupVersionSchema[], definitions: SchemaDefinitions): void {
  for (const [name, node] of Object.entries(definitions)) {
    for (const kind of node['x-kubernetes-group-version-kind'] ?? []) {
      const home = groupVersions.find((one) => one.group === kind.group && one.version === kind.version);
      if (home) home.kinds[kind.kind] = name;
    }
  }
}

async function capture(kubeconfigPath: string): Promise<KubernetesSchemaBundle> {
  const { get, close } = await connect(kubeconfigPath);
  try {
    const { gitVersion } = z.object({ gitVersion: z.string() }).parse(await get('/version'));
    const index = z.object({ paths: z.record(z.string(), z.object({ serverRelativeURL: z.string() })) });
    const { paths } = index.parse(await get('/openapi/v3'));
    const groupVersions = await discover(get);
    const found: SchemaDefinitions = {};
    for (const one of groupVersions) {
      const own = one.group === '' ? `api/${one.version}` : `apis/${one.group}/${one.version}`;
      const document = paths[own];
      if (document) mergeDefinitions(found, reduceDefinitions(await get(document.serverRelativeURL)), own);
    }
    const definitions = Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
    fillKinds(groupVersions, definitions);
    return { kubernetesVersion: gitVersion, groupVersions, definitions };
  } finally {
    await close();
  }
}

const [kubeconfigPath, output = path.join(import.meta.dirname, 'kubernetes-1.36.json.gz')] = process.argv.slice(2);
if (kubeconfigPath === undefined) {
  process.stderr.write('usage: node lib/sandbox/openapi/capture.ts KUBECONFIG [OUTPUT]\n');
  process.exitCode = 2;
} else {
  const bundle = await capture(kubeconfigPath);
  const packed = gzipSync(JSON.stringify(bundle), { level: 9 });
  await writeFile(output, packed);
  process.stdout.write(
    `${bundle.kubernetesVersion}: ${bundle.groupVersions.length} group versions, ${Object.keys(bundle.definitions).length} definitions, ${packed.length} bytes in ${output}\n`,
  );
}
