import type { Metadata } from 'next';
import { ask } from '#lib/client/ask.ts';
import { PeopleSettings } from '#components/people/people-settings.tsx';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../../../server-query.ts';

export const metadata: Metadata = { title: 'People' };

export default async function PeoplePage() {
  const snapshot = await prefetch({ others: [ask('listPeople')] });
  return (
    <ServerData snapshot={snapshot}>
      <PeopleSettings />
    </ServerData>
  );
}
