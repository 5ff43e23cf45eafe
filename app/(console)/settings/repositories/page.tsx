import type { Metadata } from 'next';
import { ask } from '#lib/client/ask.ts';
import { RepositorySettings } from '#components/repositories/repository-settings.tsx';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../../../server-query.ts';

export const metadata: Metadata = { title: 'Repositories' };

export default async function RepositoriesPage() {
  const snapshot = await prefetch({ others: [ask('listRepositories')] });
  return (
    <ServerData snapshot={snapshot}>
      <RepositorySettings />
    </ServerData>
  );
}
