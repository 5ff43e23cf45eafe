import { type SetObject, storeSet } from '#lib/database/rendering.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { maskManifest } from '#lib/domain/diff/mask.ts';
import { normaliseDesired } from '#lib/domain/diff/normalise.ts';
import { canonicalJson } from '#lib/domain/resource/canonical.ts';
import { formatObjectKey, type Manifest, objectKeyOf } from '#lib/domain/resource/manifest.ts';
import type { ReadPath } from '#lib/ports/source.ts';
import type { WorkerContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { repositoryEndpoint } from '../repositories/endpoint.ts';
import { digestOf } from '../shared/digest.ts';
import { withCheckout } from './checkouts.ts';
import { inputsKeyOf, optionsOf, type RenderIdentity } from './inputs.ts';
import { renderLimits } from './limits.ts';
import { placeManifests } from './place.ts';

export interface RenderedAt {
  /** The stored, masked set with these inputs. */
  setId: string;
  /** Hash over (object key, masked body): equal digests mean equal desired state. */
  digest: string;
  /** UNMASKED, namespace in place, without the tracking annotation. In memory only. */
  manifests: Manifest[];
  /** The same objects masked and normalised, as stored. */
  masked: Manifest[];
  reads: ReadPath[];
  warnings: string[];
  /** `helm v4.1.4` and the like. */
  tool: string;
}

/**
 * Renders an application as declared at a commit, always from the mirror, and stores the masked set.
 * Throws RenderError, SourceError, ServiceError 'not-found'.
 */
export async function renderAt(
  ctx: WorkerContext,
  applicationId: string,
  ...[sha, signal]: [sha: string, signal?: AbortSignal]
): Promise<RenderedAt> {
  const application = await ctx.database.prisma.application.findUnique({ where: { id: applicationId } });
  if (!application) throw notFound('application', applicationId);
  const endpoint = await repositoryEndpoint(ctx, application.repositoryId);
  const { source, renderer } = ctx.ports;
  const rendered = await withCheckout(source, { endpoint, sha }, (root) =>
    renderer.render({
      root,
      path: application.path,
      options: optionsOf(application),
      namespace: application.namespace,
      applicationName: application.name,
      limits: renderLimits(),
      ...(signal ? { signal } : {}),
    }),
  );
  const ask = (group: string, kind: string) => askScope(ctx, application.clusterId, { group, kind });
  const { manifests, guessed } = await placeManifests(rendered.objects, application.namespace, ask);
  const reads = await source.hashes(endpoint, sha, rendered.reads);
  const stored = await store(ctx, application, { ...rendered, manifests, guessed, reads });
  return { ...stored, manifests, reads, warnings: rendered.warnings, tool: rendered.version };
}

async function askScope(
  ctx: WorkerContext,
  clusterId: string,
  { group, kind }: { group: string; kind: string },
): Promise<boolean | null> {
  try {
    const cluster = await ctx.ports.live.cluster(clusterId);
    return (await cluster.kind(group, kind))?.namespaced ?? null;
  } catch {
    // A silent cluster must not stop Git from being rendered; most custom kinds live in namespaces.
    return null;
  }
}

interface Rendered {
  tool: string;
  version: string;
  manifests: Manifest[];
  guessed: string[];
  reads: ReadPath[];
  warnings: string[];
}

async function store(
  ctx: WorkerContext,
  identity: RenderIdentity,
  rendered: Rendered,
): Promise<{ setId: string; digest: string; masked: Manifest[] }> {
  const objects = rendered.manifests.map((manifest) => maskedObject(ctx, manifest));
  const digest = digestOf(objects.map(({ key, hash }) => [key, hash]));
  const setId = await inTransaction(
    ctx.database,
    ({ tx }) =>
      storeSet(tx, {
        inputsKey: inputsKeyOf(ctx, identity, rendered),
        digest,
        tool: rendered.tool,
        version: rendered.version,
        reads: rendered.reads,
        warnings: rendered.warnings,
        objects,
        bytes: objects.reduce((sum, { body }) => sum + canonicalJson(body).length, 0),
        at: ctx.clock.now(),
      }),
    { timeoutMs: 30_000 },
  );
  return { setId, digest, masked: objects.map(({ body }) => body) };
}

function maskedObject(ctx: WorkerContext, manifest: Manifest): SetObject {
  const { namespace } = manifest.metadata;
  const body = normaliseDesired(
    maskManifest(manifest, (value) => ctx.keyring.hash(value)),
    { defaultNamespace: namespace ?? '', namespaced: namespace !== undefined },
  );
  return { key: formatObjectKey(objectKeyOf(body)), hash: digestOf(body), body };
}
