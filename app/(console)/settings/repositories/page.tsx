import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { ask } from '#lib/client/ask.ts';
import { RepositorySettings } from '#components/repositories/repository-settings.tsx';
import { prefetch } from '../../../server-query.ts';

export const metadata: Metadata = { title: 'Repositories' };

export default async function RepositoriesPage() {
  const queries = await prefetch({ others: [ask('listRepositories')] });
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <RepositorySettings />
    </HydrationBoundary>
  );
}
