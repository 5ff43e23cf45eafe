import type { Metadata } from 'next';
import { ApplicationFrame } from '#components/applications/application-frame.tsx';
import { TimelineTab } from '#components/applications/timeline-tab.tsx';
import { applicationQuery, timelineQuery } from '#components/applications/queries.ts';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../../../../server-query.ts';

export const metadata: Metadata = { title: 'Timeline' };

export default async function ApplicationTimelinePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const snapshot = await prefetch({ main: applicationQuery(id), lists: [timelineQuery(id)] });
  return (
    <ServerData snapshot={snapshot}>
      <ApplicationFrame id={id} tab="timeline">
        <TimelineTab id={id} />
      </ApplicationFrame>
    </ServerData>
  );
}
