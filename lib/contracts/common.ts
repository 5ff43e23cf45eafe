import { z } from 'zod';

/** Ids are UUIDs; opaque to clients. */
export const id = z.uuid();
/** ISO 8601 in UTC. */
export const timestamp = z.iso.datetime();
/** Names people give: also valid as a DNS label, so that they work in URLs and in Kubernetes. */
export const name = z
  .string()
  .min(1)
  .max(63)
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'lower-case letters, digits and dashes; starts and ends with a letter or digit',
  )
  .meta({ examples: ['storefront'] });
export const labels = z.record(z.string().min(1).max(63), z.string().max(253));
export const json = z.unknown();

export const pageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** A page by keyset: `nextCursor` null at the end; `total` counts all matches. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number().int() });

/** RFC 9457 problem document. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  requestId: z.string(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;

/** A known cause in plain words and the one thing to do about it; null where none is known. */
export const diagnosis = z.object({ id: z.string(), words: z.string(), action: z.string() }).nullable();
export type DiagnosisView = z.infer<typeof diagnosis>;

export const actor = z.object({
  kind: z.enum(['user', 'token', 'agent', 'system', 'webhook']),
  id: z.string(),
  name: z.string(),
});
export type Page<Item> = { items: Item[]; nextCursor: string | null; total: number };
