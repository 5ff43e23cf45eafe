import type { Metadata } from 'next';
import { ask } from '#lib/client/ask.ts';
import { NewApplication } from '#components/applications/new-application.tsx';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../../../server-query.ts';

export const metadata: Metadata = { title: 'Add application' };

export default async function NewApplicationPage() {
  const snapshot = await prefetch({ others: [ask('listClusters'), ask('listProjects'), ask('listRepositories')] });
  return (
    <ServerData snapshot={snapshot}>
      <NewApplication />
    </ServerData>
  );
}
