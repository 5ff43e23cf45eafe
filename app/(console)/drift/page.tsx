import type { Metadata } from 'next';
import { askPages } from '#lib/client/ask.ts';
import { RANGE_NAMES } from '#components/drift/axis.ts';
import { DriftLedger } from '#components/drift/drift-ledger.tsx';
import { DRIFT_STATES, driftQuery } from '#components/drift/queries.ts';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../../server-query.ts';

export const metadata: Metadata = { title: 'Drift' };

export default async function DriftPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { state, q, range } = await searchParams;
  const asked = driftQuery({
    state: DRIFT_STATES.find((each) => each === state) ?? 'open',
    q: typeof q === 'string' ? q : '',
    range: RANGE_NAMES.find((each) => each === range) ?? '24h',
    now: Date.now(),
  });
  const snapshot = await prefetch({ lists: [askPages('listDrift', asked)] });
  return (
    <ServerData snapshot={snapshot}>
      <DriftLedger />
    </ServerData>
  );
}
