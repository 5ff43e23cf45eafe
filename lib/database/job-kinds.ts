/**
 * Kinds of background work. A job is a key, never an event: its reconciler reads what is true now.
 * Adding one means a reconciler in lib/workers/reconcilers, or the worker refuses to start.
 */
export const JOB_KINDS = [
  'fetch', // key = repository id: fetch the mirror, move applications to new revisions
  'render', // key = application id: resolve, render, store the set
  'compare', // key = application id: compare now, from scratch
  'plan', // key = plan id
  'operate', // key = operation id: start or resume
  'await-health', // key = operation id
  'auto-sync', // key = application id
  'pins', // key = application id: announce or end its pin
  'suspensions', // key = application id: announce or end its suspension
  'inquiry', // key = inquiry id
  'recheck', // key = 'all': recompute states from scratch and report differences
] as const;
export type JobKind = (typeof JOB_KINDS)[number];
