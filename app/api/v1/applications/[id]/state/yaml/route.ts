import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { exportState } from '#lib/services/applications/state.ts';

export const GET = serve(ROUTES.exportState, async (ctx, { params, query }) => {
  const { name, text } = await exportState(ctx, { ...params, ...query });
  return new Response(text, {
    headers: {
      'content-type': 'application/yaml; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.yaml"`,
    },
  });
});
