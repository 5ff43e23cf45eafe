import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { ApplicationFrame } from '#components/applications/application-frame.tsx';
import { HistoryTab } from '#components/applications/history-tab.tsx';
import { applicationQuery, deploymentsQuery } from '#components/applications/queries.ts';
import { prefetch } from '../../../../server-query.ts';

export const metadata: Metadata = { title: 'History' };

export default async function ApplicationHistoryPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const queries = await prefetch({ main: applicationQuery(id), lists: [deploymentsQuery(id)] });
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <ApplicationFrame id={id} tab="history">
        <HistoryTab id={id} />
      </ApplicationFrame>
    </HydrationBoundary>
  );
}
