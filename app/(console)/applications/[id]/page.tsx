import type { Metadata } from 'next';
import { ApplicationFrame } from '#components/applications/application-frame.tsx';
import { ChangesTab } from '#components/applications/changes-tab.tsx';
import { applicationQuery, changesQuery } from '#components/applications/queries.ts';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../../../server-query.ts';

export const metadata: Metadata = { title: 'Changes' };

export default async function ApplicationChangesPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const snapshot = await prefetch({ main: applicationQuery(id), others: [changesQuery(id)] });
  return (
    <ServerData snapshot={snapshot}>
      <ApplicationFrame id={id} tab="changes">
        <ChangesTab id={id} />
      </ApplicationFrame>
    </ServerData>
  );
}
