'use client';

import dynamic from 'next/dynamic';
import { orSentence } from '#components/ui/lazy.tsx';
import { Loading } from '#components/ui/states.tsx';

/** The diff view, loaded when the first one is shown. */
export const LazyDiff = dynamic(
  orSentence(
    async () => (await import('./diff-view.tsx')).DiffView,
    'The difference could not be loaded; reload the page to try again.',
  ),
  {
    ssr: false,
    loading: () => (
      <div className="px-3.5">
        <Loading rows={3} label="Loading the difference" />
      </div>
    ),
  },
);
