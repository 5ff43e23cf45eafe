import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { importKubeconfig } from '#lib/services/clusters/kubeconfig.ts';

export const POST = serve(ROUTES.importKubeconfig, async (ctx, { body }) => ({
  items: await importKubeconfig(ctx, body),
}));
