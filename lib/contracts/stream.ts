import { z } from 'zod';
import { applicationRow } from './applications.ts';

/**
 * One message of `GET /api/v1/stream` (server-sent events, batched every 100 ms): changed keys, and the new rows of
 * applications among them. `reset` = something may have been missed: read again what is shown.
 */
export const streamMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('changes'),
    keys: z.array(z.string()),
    rows: z.array(applicationRow),
    removed: z.array(z.string()),
  }),
  z.object({ type: z.literal('reset') }),
]);
export type StreamMessage = z.infer<typeof streamMessage>;
