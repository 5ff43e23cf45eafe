import { ROUTES } from '#lib/contracts/routes.ts';
import { serve } from '#lib/http/handler.ts';
import { exportApplication } from '#lib/services/applications/document.ts';

export const GET = serve(ROUTES.exportApplication, async (ctx, { params }) => {
  const { name, text } = await exportApplication(ctx, params);
  return new Response(text, {
    headers: {
      'content-type': 'application/yaml; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.yaml"`,
    },
  });
});
