import { z } from 'zod';

export const ignoreRule = z.strictObject({
  group: z.string().max(253).optional(),
  kind: z.string().max(63).optional(),
  name: z.string().max(253).optional(),
  namespace: z.string().max(63).optional(),
  paths: z.array(z.string().min(1).max(500)).max(50).optional(),
  managers: z.array(z.string().min(1).max(128)).max(50).optional(),
});
