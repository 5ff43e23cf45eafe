import type { Metadata } from 'next';
import { ask } from '#lib/client/ask.ts';
import { ApplicationFrame } from '#components/applications/application-frame.tsx';
import { SettingsTab } from '#components/applications/settings-tab.tsx';
import { applicationQuery } from '#components/applications/queries.ts';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../../../../server-query.ts';

export const metadata: Metadata = { title: 'Settings' };

export default async function ApplicationSettingsPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const snapshot = await prefetch({
    main: applicationQuery(id),
    others: [ask('listClusters'), ask('listProjects'), ask('listRepositories')],
  });
  return (
    <ServerData snapshot={snapshot}>
      <ApplicationFrame id={id} tab="settings">
        <SettingsTab id={id} />
      </ApplicationFrame>
    </ServerData>
  );
}
