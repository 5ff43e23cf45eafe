import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { ask } from '#lib/client/ask.ts';
import { PeopleSettings } from '#components/people/people-settings.tsx';
import { prefetch } from '../../../server-query.ts';

export const metadata: Metadata = { title: 'People' };

export default async function PeoplePage() {
  const queries = await prefetch({ others: [ask('listPeople')] });
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <PeopleSettings />
    </HydrationBoundary>
  );
}
