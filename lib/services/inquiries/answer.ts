import { z } from 'zod';
import { INQUIRY_KINDS, INQUIRY_SECRETS, INQUIRY_SUBJECTS, type InquiryAnswer } from '#lib/contracts/inquiries.ts';
import { answerInquiry, findInquiry, type InquiryRow } from '#lib/database/inquiries.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import { manifestYaml } from '#lib/domain/diff/document.ts';
import { maskManifest } from '#lib/domain/diff/mask.ts';
import { parseObjectKey } from '#lib/domain/resource/manifest.ts';
import type { ClusterEndpoint } from '#lib/ports/cluster.ts';
import { type RepositoryEndpoint, SourceError } from '#lib/ports/source.ts';
import { clusterEndpoint } from '../clusters/endpoint.ts';
import type { WorkerContext } from '../context.ts';
import { repositoryEndpoint } from '../repositories/endpoint.ts';
import { inquiryPurpose } from './ask.ts';
import { readEvents } from './events.ts';

/** Answers a question of the web process, masked; a failure is answered in words. Asked twice, the first answer stays. */
export async function answerQuestion(ctx: WorkerContext, inquiryId: string, signal?: AbortSignal): Promise<void> {
  const row = await findInquiry(ctx.database.prisma, inquiryId);
  if (!row || row.answeredAt !== null || row.expiresAt < ctx.clock.now()) return;
  const answered = await answerFor(ctx, row, signal).then(
    (answer) => ({ answer: z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(answer))) }),
    (error: unknown) => {
      signal?.throwIfAborted();
      return { error: maskText(error instanceof Error ? error.message : String(error)) };
    },
  );
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    await answerInquiry(tx, inquiryId, { ...answered, answeredAt: ctx.clock.now() });
    changed(`inquiry:${inquiryId}`);
  });
}

async function answerFor(ctx: WorkerContext, row: InquiryRow, signal?: AbortSignal): Promise<object> {
  const kind = INQUIRY_KINDS.find((known) => known === row.kind);
  switch (kind) {
    case 'cluster-test':
      return testCluster(ctx, row, signal);
    case 'repository-test':
      return testRepository(ctx, row, signal);
    case 'live-manifest':
      return readLiveManifest(ctx, row, signal);
    case 'events':
      return readEvents(ctx, INQUIRY_SUBJECTS.events.parse(row.subject), signal);
    case undefined:
      throw new Error(`This worker does not know the question "${row.kind}".`);
  }
}

function secretOf(ctx: WorkerContext, row: InquiryRow): unknown {
  if (row.sealed === null || row.sealedKeyId === null) throw new Error('The question came without its credential.');
  const text = ctx.keyring.open({ keyId: row.sealedKeyId, ciphertext: row.sealed }, inquiryPurpose(row.id));
  return JSON.parse(text);
}

async function testCluster(
  ctx: WorkerContext,
  row: InquiryRow,
  signal?: AbortSignal,
): Promise<InquiryAnswer<'cluster-test'>> {
  const { clusterId, access } = INQUIRY_SUBJECTS['cluster-test'].parse(row.subject);
  const endpoint = clusterId === null ? endpointOf(secretOf(ctx, row)) : await clusterEndpoint(ctx, clusterId);
  const wantWrite = access === 'full';
  const { checks, version } = await ctx.ports.cluster.test(endpoint, { wantWrite, ...(signal ? { signal } : {}) });
  return {
    ok: checks.every((check) => check.result !== 'failed'),
    version: version ?? null,
    checks: checks.map((check) => ({ ...check, message: maskText(check.message) })),
  };
}

function endpointOf(secret: unknown): ClusterEndpoint {
  const { caData, tlsServerName, ...rest } = INQUIRY_SECRETS['cluster-test'].parse(secret);
  return {
    ...rest,
    ...(caData === undefined ? {} : { caData }),
    ...(tlsServerName === undefined ? {} : { tlsServerName }),
  };
}

async function testRepository(
  ctx: WorkerContext,
  row: InquiryRow,
  signal?: AbortSignal,
): Promise<InquiryAnswer<'repository-test'>> {
  const { repositoryId } = INQUIRY_SUBJECTS['repository-test'].parse(row.subject);
  const endpoint: RepositoryEndpoint =
    repositoryId === null
      ? { id: row.id, ...INQUIRY_SECRETS['repository-test'].parse(secretOf(ctx, row)) }
      : await repositoryEndpoint(ctx, repositoryId);
  try {
    const found = await ctx.ports.source.test(endpoint, signal ? { signal } : {});
    return { ok: true, message: `Reached; ${found.refs} branches and tags.`, ...found };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { ok: false, message: maskText(error.message), defaultBranch: null, refs: 0, latencyMs: 0 };
  }
}

async function readLiveManifest(
  ctx: WorkerContext,
  row: InquiryRow,
  signal?: AbortSignal,
): Promise<InquiryAnswer<'live-manifest'>> {
  const { clusterId, objectKey } = INQUIRY_SUBJECTS['live-manifest'].parse(row.subject);
  const key = parseObjectKey(objectKey);
  if (!key) throw new Error(`"${objectKey}" is not the key of an object.`);
  const cluster = await ctx.ports.live.cluster(clusterId);
  const [manifest] = [...(await cluster.read([key], { fresh: true, ...(signal ? { signal } : {}) })).values()];
  if (!manifest) return { missingIn: cluster.clusterName };
  const masked = maskManifest(manifest, (value) => ctx.keyring.hash(value));
  return { text: manifestYaml(masked), askedAt: ctx.clock.now().toISOString() };
}
