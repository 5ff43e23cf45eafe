import type { Metadata } from 'next';
import { ApplicationFrame } from '#components/applications/application-frame.tsx';
import { HistoryTab } from '#components/applications/history-tab.tsx';
import { applicationQuery, deploymentsQuery } from '#components/applications/queries.ts';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../../../../server-query.ts';

export const metadata: Metadata = { title: 'History' };

export default async function ApplicationHistoryPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const snapshot = await prefetch({ main: applicationQuery(id), lists: [deploymentsQuery(id)] });
  return (
    <ServerData snapshot={snapshot}>
      <ApplicationFrame id={id} tab="history">
        <HistoryTab id={id} />
      </ApplicationFrame>
    </ServerData>
  );
}
