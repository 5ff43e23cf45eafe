import { ROUTES } from '#lib/contracts/routes.ts';
import { closeSession } from '#lib/http/auth.ts';
import { serve } from '#lib/http/handler.ts';
import { signIn } from '#lib/http/sign-in.ts';
import { readSessionView, recordSession } from '#lib/services/sessions/record.ts';

export const GET = serve(ROUTES.getSession, (ctx) => readSessionView(ctx, ctx.actor.id));

export const POST = serve(ROUTES.signIn, (ctx, { body, request, headers }) =>
  signIn(ctx, { ...body, request, reply: headers }),
);

export const DELETE = serve(ROUTES.signOut, async (ctx, { session, request, headers }) => {
  if (!session) return;
  headers.delete('set-cookie');
  for (const cookie of await closeSession(request.headers)) headers.append('set-cookie', cookie);
  await recordSession(ctx, { verb: 'session.end', userId: session.actor.id });
});
