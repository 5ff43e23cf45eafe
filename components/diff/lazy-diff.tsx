'use client';

import { part } from '#components/ui/lazy.tsx';
import { Loading } from '#components/ui/states.tsx';

/** The diff view, loaded when the first one is shown. */
export const LazyDiff = part(async () => (await import('./diff-view.tsx')).DiffView, {
  sentence: 'The difference could not be loaded; reload the page to try again.',
  loading: (
    <div className="px-3.5">
      <Loading rows={3} label="Loading the difference" />
    </div>
  ),
});
