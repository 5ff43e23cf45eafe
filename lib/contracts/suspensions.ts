import { z } from 'zod';
import { id, timestamp } from './common.ts';

/** Automatic sync stands still until `expiresAt`; a person can still sync. */
export const suspendInput = z.strictObject({
  reason: z.string().trim().min(3).max(1_000),
  expiresAt: timestamp,
});

export const suspensionView = z.object({
  id,
  ownerName: z.string(),
  reason: z.string(),
  expiresAt: timestamp,
  createdAt: timestamp,
  announcedAt: timestamp.nullable(),
});
export type SuspensionView = z.infer<typeof suspensionView>;
