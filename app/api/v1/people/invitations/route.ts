import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { invitePerson } from '#lib/services/people/invite.ts';

export const POST = serve(ROUTES.invitePerson, (ctx, { body }) => invitePerson(ctx, body));
