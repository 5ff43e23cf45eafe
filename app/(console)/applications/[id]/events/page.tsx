import type { Metadata } from 'next';
import { ApplicationFrame } from '#components/applications/application-frame.tsx';
import { EventsTab } from '#components/applications/events-tab.tsx';
import { applicationQuery } from '#components/applications/queries.ts';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../../../../server-query.ts';

export const metadata: Metadata = { title: 'Events' };

export default async function ApplicationEventsPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const snapshot = await prefetch({ main: applicationQuery(id) });
  return (
    <ServerData snapshot={snapshot}>
      <ApplicationFrame id={id} tab="events">
        <EventsTab id={id} />
      </ApplicationFrame>
    </ServerData>
  );
}
