import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { listPeople } from '#lib/services/people/list.ts';

export const GET = serve(ROUTES.listPeople, (ctx) => listPeople(ctx));
