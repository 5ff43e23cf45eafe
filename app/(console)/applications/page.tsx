import type { Metadata } from 'next';
import { ApplicationList } from '#components/applications/application-list.tsx';
import { listQuery, SORTS } from '#components/applications/queries.ts';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../../server-query.ts';

export const metadata: Metadata = { title: 'Applications' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function ApplicationsPage({ searchParams }: { searchParams: Search }) {
  const { q, sort, direction } = await searchParams;
  const list = listQuery({
    q: typeof q === 'string' ? q : '',
    sort: SORTS.find((known) => known === sort) ?? 'attention',
    direction: direction === 'asc' || direction === 'desc' ? direction : null,
  });
  const snapshot = await prefetch({ lists: [list] });
  return (
    <ServerData snapshot={snapshot}>
      <ApplicationList />
    </ServerData>
  );
}
