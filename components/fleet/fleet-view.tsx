'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { ask } from '#lib/client/ask.ts';
import { Panel } from '#components/ui/panel.tsx';
import { Failure, Loading } from '#components/ui/states.tsx';
import { ActionList } from './action-list.tsx';
import { AttentionList } from './attention-list.tsx';
import { ClusterStrip } from './cluster-strip.tsx';
import { DayChart } from './day-chart.tsx';
import { FirstSteps } from './first-steps.tsx';
import { Headline } from './headline.tsx';

export function FleetView() {
  const fleet = useQuery(ask('getFleet'));
  if (fleet.data === undefined) {
    return fleet.error === null ? (
      <Loading rows={8} label="Loading the fleet" />
    ) : (
      <Failure error={fleet.error} onRetry={() => void fleet.refetch()} className="mt-4" />
    );
  }
  const data = fleet.data;
  const empty = data.clusters.length === 0 || data.repositoryCount === 0 || data.applicationCount === 0;
  return (
    <div className="space-y-4">
      <Headline fleet={data} />
      {fleet.error !== null && <Failure title="Shown as last read: the fleet cannot be read now" error={fleet.error} />}
      {empty && <FirstSteps fleet={data} />}
      {data.clusters.length > 0 && <ClusterStrip clusters={data.clusters} />}
      {data.applicationCount > 0 && (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.75fr)_minmax(0,1fr)]">
          <Panel title="Needs attention" note={data.attention.length === 0 ? 'nothing' : 'grouped by identical cause'}>
            <AttentionList
              groups={data.attention}
              silent={data.clusters.filter((cluster) => cluster.status === 'silent')}
            />
          </Panel>
          <div className="space-y-4">
            <Panel title="Last 24 hours" note="by half hours, UTC">
              <DayChart slots={data.lastDay} />
            </Panel>
            <Panel
              title="Latest actions"
              aside={
                <Link className="hover:text-text hover:underline" href="/audit">
                  All in the audit
                </Link>
              }
            >
              <ActionList events={data.latestActions} />
            </Panel>
          </div>
        </div>
      )}
    </div>
  );
}
