import { z } from 'zod';
import { FORGES } from '#lib/domain/revision/forge.ts';
import { id, name, timestamp } from './common.ts';

/** Write-only: no response ever carries it. */
export const repositoryCredentialInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('https-token'),
    username: z.string().min(1).max(200).default('git'),
    token: z.string().min(1).max(10_000),
  }),
  z.strictObject({
    kind: z.literal('ssh-key'),
    privateKey: z.string().min(1).max(50_000),
    knownHosts: z
      .string()
      .min(1, 'known hosts are required: paste the output of ssh-keyscan after checking it')
      .max(50_000),
  }),
]);

const repositoryUrl = z
  .string()
  .min(1)
  .max(500)
  .meta({ examples: ['https://git.example.com/shop/storefront.git', 'git@git.example.com:shop/storefront.git'] });

export const createRepositoryInput = z.strictObject({
  name,
  url: repositoryUrl,
  credential: repositoryCredentialInput.default({ kind: 'none' }),
  pollIntervalSeconds: z.number().int().min(10).max(86_400).default(120),
  /** What hosts it, for pull requests; null where the host name says it. */
  forge: z.enum(FORGES).nullable().default(null),
});
export const updateRepositoryInput = z
  .strictObject({
    name,
    pollIntervalSeconds: z.number().int().min(10).max(86_400),
    forge: z.enum(FORGES).nullable(),
    credential: repositoryCredentialInput,
  })
  .partial();
export const testRepositoryInput = z.strictObject({
  url: repositoryUrl,
  credential: repositoryCredentialInput.default({ kind: 'none' }),
});
export const repositoryTest = z.object({
  ok: z.boolean(),
  message: z.string(),
  defaultBranch: z.string().nullable(),
  refs: z.number().int(),
  latencyMs: z.number(),
});

export const repositoryView = z.object({
  id,
  name,
  url: z.string(),
  defaultBranch: z.string().nullable(),
  pollIntervalSeconds: z.number().int(),
  /** As declared, or as the host name says. */
  forge: z.enum(FORGES).nullable(),
  status: z.enum(['unknown', 'reachable', 'unreachable']),
  lastFetchAt: timestamp.nullable(),
  lastError: z.string().nullable(),
  credentialKind: z.string(),
  branches: z.array(z.string()),
  tags: z.array(z.string()),
  applicationCount: z.number().int(),
  /** Where the provider posts, without the secret. */
  webhookUrls: z.object({ github: z.string(), generic: z.string() }),
  webhookConfigured: z.boolean(),
  createdAt: timestamp,
});
export type RepositoryView = z.infer<typeof repositoryView>;

/** Shown once. */
export const webhookSecret = z.object({
  secret: z.string(),
  urls: z.object({ github: z.string(), generic: z.string() }),
});
export const webhookDelivery = z.object({
  id,
  deliveryId: z.string(),
  event: z.string(),
  outcome: z.enum(['accepted', 'duplicate', 'ignored', 'refused']),
  detail: z.string().nullable(),
  receivedAt: timestamp,
});
export const webhookReceipt = z.object({
  outcome: z.enum(['accepted', 'duplicate', 'ignored']),
  repository: z.string(),
});
