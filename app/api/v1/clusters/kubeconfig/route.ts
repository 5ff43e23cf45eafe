import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { readKubeconfig } from '#lib/services/clusters/kubeconfig.ts';

export const POST = serve(ROUTES.readKubeconfig, (ctx, { body }) => readKubeconfig(ctx, body));
