import { renderApplication } from '#lib/services/revisions/render.ts';
import type { Reconciler } from '../reconciler.ts';

/** Key = application id. */
export const render: Reconciler = (ctx, applicationId, signal) => renderApplication(ctx, applicationId, signal);
