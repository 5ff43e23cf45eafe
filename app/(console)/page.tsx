import { ask } from '#lib/client/ask.ts';
import { FleetView } from '#components/fleet/fleet-view.tsx';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../server-query.ts';

export const metadata = { title: 'Fleet' };

export default async function FleetPage() {
  const snapshot = await prefetch({ others: [ask('getFleet')] });
  return (
    <ServerData snapshot={snapshot}>
      <FleetView />
    </ServerData>
  );
}
