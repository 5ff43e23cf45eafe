import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { releasePin } from '#lib/services/pins/release.ts';

export const DELETE = serve(ROUTES.releasePin, (ctx, { params }) => releasePin(ctx, { applicationId: params.id }));
