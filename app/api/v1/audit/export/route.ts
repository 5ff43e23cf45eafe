import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { exportAudit } from '#lib/services/audit/export.ts';

export const GET = serve(ROUTES.exportAudit, async (ctx, { query }) => {
  const { contentType, fileName, lines } = await exportAudit(ctx, query);
  return new Response(streamOf(lines), {
    headers: { 'content-type': contentType, 'content-disposition': `attachment; filename="${fileName}"` },
  });
});

/** Pulled as the reader takes it, so that a slow reader holds one batch. */
function streamOf(lines: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = lines[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
