import { z } from 'zod';
import { id, name, timestamp } from './common.ts';

export const projectInput = z.strictObject({ name, description: z.string().max(2_000).default('') });
export const updateProjectInput = z.strictObject({ name, description: z.string().max(2_000) }).partial();
export const projectView = z.object({
  id,
  name,
  description: z.string(),
  applicationCount: z.number().int(),
  createdAt: timestamp,
});
export type ProjectView = z.infer<typeof projectView>;
