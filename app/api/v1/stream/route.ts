import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { openStream } from '#lib/http/stream.ts';

export const GET = serve(ROUTES.getStream, (ctx, { request }) => openStream(ctx, request));
