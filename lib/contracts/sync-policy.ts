import { z } from 'zod';
import { CONFLICTS, PROPAGATIONS } from '#lib/domain/sync/options.ts';

/** How often and when an automatic sync that failed is tried again: after `seconds`, then `factor` times that, at most `maxSeconds`. */
const retry = z.strictObject({
  /** Tries of one revision in a row, the first among them. */
  limit: z.number().int().min(1).max(100).default(5),
  seconds: z.number().int().min(1).max(3_600).default(2),
  factor: z.number().int().min(1).max(10).default(3),
  maxSeconds: z.number().int().min(1).max(86_400).default(300),
});

/** Labels and annotations of a namespace that a sync creates. */
const namespaceMetadata = z.strictObject({
  labels: z.record(z.string().min(1).max(317), z.string().max(63)).default({}),
  annotations: z.record(z.string().min(1).max(317), z.string().max(10_000)).default({}),
});

export const syncPolicy = z.strictObject({
  /** Sync by itself when Git moves. */
  automated: z.boolean().default(false),
  /** Also put drift right by itself. */
  selfHeal: z.boolean().default(false),
  prune: z.boolean().default(false),
  /** Allow a sync that leaves nothing. */
  allowEmpty: z.boolean().default(false),
  createNamespace: z.boolean().default(true),
  namespaceMetadata: namespaceMetadata.optional(),
  /** Prune when everything else is applied and healthy. */
  pruneLast: z.boolean().default(false),
  /** How a deletion goes on to what an object owns. */
  propagation: z.enum(PROPAGATIONS).default('background'),
  /** Put the whole object in place of the live one instead of applying the fields Git sets. */
  replace: z.boolean().default(false),
  /** False lets fields pass that the cluster does not know. */
  validate: z.boolean().default(true),
  /** Plan objects of kinds that the cluster does not serve yet. */
  skipDryRunOnMissing: z.boolean().default(false),
  /** Fields that another manager set otherwise: take them over, or leave the object until a person chooses. */
  conflicts: z.enum(CONFLICTS).default('force'),
  /** Fields that an ignore rule hides stay as they are live when the object is applied. */
  respectIgnored: z.boolean().default(false),
  /** How long a sync may wait for hooks and, once applied, for health; what is set for all when left out. */
  timeoutSeconds: z.number().int().min(10).max(86_400).optional(),
  retry: retry.prefault({}),
});
export type SyncPolicy = z.infer<typeof syncPolicy>;
