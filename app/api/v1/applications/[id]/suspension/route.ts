import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { suspendApplication } from '#lib/services/suspensions/create.ts';
import { resumeApplication } from '#lib/services/suspensions/release.ts';

export const POST = serve(ROUTES.suspendApplication, (ctx, { params, body }) =>
  suspendApplication(ctx, { applicationId: params.id, input: body }),
);

export const DELETE = serve(ROUTES.resumeApplication, (ctx, { params }) =>
  resumeApplication(ctx, { applicationId: params.id }),
);
