import type { Metadata } from 'next';
import { ApplicationFrame } from '#components/applications/application-frame.tsx';
import { ResourcesTab } from '#components/applications/resources-tab.tsx';
import { applicationQuery, resourcesQuery } from '#components/applications/queries.ts';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../../../../server-query.ts';

export const metadata: Metadata = { title: 'Resources' };

export default async function ApplicationResourcesPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const snapshot = await prefetch({ main: applicationQuery(id), others: [resourcesQuery(id)] });
  return (
    <ServerData snapshot={snapshot}>
      <ApplicationFrame id={id} tab="resources">
        <ResourcesTab id={id} />
      </ApplicationFrame>
    </ServerData>
  );
}
