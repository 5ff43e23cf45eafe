import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import { ask } from '#lib/client/ask.ts';
import { FleetView } from '#components/fleet/fleet-view.tsx';
import { prefetch } from '../server-query.ts';

export const metadata = { title: 'Fleet' };

export default async function FleetPage() {
  const queries = await prefetch({ others: [ask('getFleet')] });
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <FleetView />
    </HydrationBoundary>
  );
}
