import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { readInvitation } from '#lib/services/people/join.ts';

export const GET = serve(ROUTES.getInvitation, (ctx, { params }) => readInvitation(ctx, params));
