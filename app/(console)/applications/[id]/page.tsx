import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { ApplicationFrame } from '#components/applications/application-frame.tsx';
import { ChangesTab } from '#components/applications/changes-tab.tsx';
import { applicationQuery, changesQuery } from '#components/applications/queries.ts';
import { prefetch } from '../../../server-query.ts';

export const metadata: Metadata = { title: 'Changes' };

export default async function ApplicationChangesPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const queries = await prefetch({ main: applicationQuery(id), others: [changesQuery(id)] });
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <ApplicationFrame id={id} tab="changes">
        <ChangesTab id={id} />
      </ApplicationFrame>
    </HydrationBoundary>
  );
}
