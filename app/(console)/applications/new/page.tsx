import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { ask } from '#lib/client/ask.ts';
import { NewApplication } from '#components/applications/new-application.tsx';
import { prefetch } from '../../../server-query.ts';

export const metadata: Metadata = { title: 'Add application' };

export default async function NewApplicationPage() {
  const queries = await prefetch({ others: [ask('listClusters'), ask('listProjects'), ask('listRepositories')] });
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <NewApplication />
    </HydrationBoundary>
  );
}
