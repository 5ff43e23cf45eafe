import type { Metadata } from 'next';
import { ask } from '#lib/client/ask.ts';
import { ClusterSettings } from '#components/clusters/cluster-settings.tsx';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../../../server-query.ts';

export const metadata: Metadata = { title: 'Clusters' };

export default async function ClustersPage() {
  const snapshot = await prefetch({ others: [ask('listClusters')] });
  return (
    <ServerData snapshot={snapshot}>
      <ClusterSettings />
    </ServerData>
  );
}
