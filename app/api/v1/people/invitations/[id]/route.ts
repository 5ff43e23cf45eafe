import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { withdrawInvitation } from '#lib/services/people/invite.ts';

export const DELETE = serve(ROUTES.withdrawInvitation, (ctx, { params }) => withdrawInvitation(ctx, params));
