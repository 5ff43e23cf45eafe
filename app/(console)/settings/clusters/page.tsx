import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { ask } from '#lib/client/ask.ts';
import { ClusterSettings } from '#components/clusters/cluster-settings.tsx';
import { prefetch } from '../../../server-query.ts';

export const metadata: Metadata = { title: 'Clusters' };

export default async function ClustersPage() {
  const queries = await prefetch({ others: [ask('listClusters')] });
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <ClusterSettings />
    </HydrationBoundary>
  );
}
