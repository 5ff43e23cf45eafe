'use client';

import dynamic from 'next/dynamic';
import { Loading } from '#components/ui/states.tsx';

/** The diff view, loaded when the first one is shown. */
export const LazyDiff = dynamic(async () => (await import('./diff-view.tsx')).DiffView, {
  ssr: false,
  loading: () => (
    <div className="px-3.5">
      <Loading rows={3} label="Loading the difference" />
    </div>
  ),
});
