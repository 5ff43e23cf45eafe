import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { countJoin, signIn } from '#lib/http/sign-in.ts';
import { join } from '#lib/services/people/join.ts';

export const POST = serve(ROUTES.join, async (ctx, { body, request, headers }) => {
  countJoin(ctx, request);
  const { email } = await join(ctx, body);
  return signIn(ctx, { email, password: body.password, request, reply: headers });
});
