import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { signIn } from '#lib/http/sign-in.ts';
import { join } from '#lib/services/people/join.ts';

export const POST = serve(ROUTES.join, async (ctx, { body, request, headers }) => {
  const { email } = await join(ctx, body);
  return signIn(ctx, { email, password: body.password, request, reply: headers });
});
