import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { listAudit } from '#lib/services/audit/list.ts';

export const GET = serve(ROUTES.listAudit, (ctx, { query }) => listAudit(ctx, query));
