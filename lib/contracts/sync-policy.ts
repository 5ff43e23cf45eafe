import { z } from 'zod';

export const syncPolicy = z.strictObject({
  /** Sync by itself when Git moves. */
  automated: z.boolean().default(false),
  /** Also put drift right by itself. */
  selfHeal: z.boolean().default(false),
  prune: z.boolean().default(false),
  /** Allow a sync that leaves nothing. */
  allowEmpty: z.boolean().default(false),
  createNamespace: z.boolean().default(true),
});
export type SyncPolicy = z.infer<typeof syncPolicy>;
