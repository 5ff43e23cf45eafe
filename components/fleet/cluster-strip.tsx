'use client';

import { parseAsString, useQueryState } from 'nuqs';
import Link from 'next/link';
import type { ClusterView } from '#lib/contracts/clusters.ts';
import { plural, relativeTime } from '#lib/client/format.ts';
import { reasonLook } from '#components/health/states.ts';
import { cn } from '#components/ui/class-names.ts';
import { SelectFilter } from '#components/ui/field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useNow } from '#components/ui/time.tsx';
import { Tip } from '#components/ui/tip.tsx';
import { type Tone, TONE_TILE } from '#components/ui/tone.ts';

const ORDER = ['production', 'prod', 'staging', 'test', 'development', 'dev'];
const STALE_MS = 60_000;

function place(group: string): number {
  const at = ORDER.indexOf(group);
  return at < 0 ? ORDER.length : at;
}

function groupsOf(clusters: readonly ClusterView[], label: string): [string, ClusterView[]][] {
  const groups = new Map<string, ClusterView[]>();
  for (const cluster of clusters) {
    const key = cluster.labels[label] ?? '';
    groups.set(key, [...(groups.get(key) ?? []), cluster]);
  }
  return [...groups].sort(
    ([a], [b]) => Number(a === '') - Number(b === '') || place(a) - place(b) || a.localeCompare(b),
  );
}

function toneOf(cluster: ClusterView): Tone {
  if (cluster.status !== 'connected') return 'grey';
  return cluster.worstReason === '' || cluster.worstReason === 'ok' ? 'ok' : reasonLook(cluster.worstReason).tone;
}

function widthOf(cluster: ClusterView): string {
  return cluster.applicationCount > 20
    ? 'w-12'
    : cluster.applicationCount > 8
      ? 'w-9'
      : cluster.applicationCount > 2
        ? 'w-7'
        : 'w-5';
}

/** A tile per cluster, coloured by its worst application, dimmed when its data is old. */
export function ClusterStrip({ clusters }: { clusters: readonly ClusterView[] }) {
  const [label, setLabel] = useQueryState('group', parseAsString.withDefault('environment'));
  const keys = [...new Set(['environment', ...clusters.flatMap((cluster) => Object.keys(cluster.labels))])];
  return (
    <Panel
      title="Clusters"
      note={`${clusters.length} · colour is the worst application, grey is silent`}
      aside={
        <SelectFilter
          label="Group clusters by label"
          value={label}
          onChange={(value) => void setLabel(value)}
          choices={keys.map((key) => ({ value: key, label: `by ${key}` }))}
        />
      }
    >
      <div className="flex flex-wrap gap-x-7 gap-y-3">
        {groupsOf(clusters, label).map(([group, members]) => (
          <section
            key={group}
            aria-label={group === '' ? `without ${label}` : group}
            className="min-w-24 max-md:w-full"
          >
            <h3 className="mb-1.5 text-xs font-medium">
              {group === '' ? `no ${label}` : group} <span className="font-normal text-mute">{members.length}</span>
            </h3>
            <ul className="flex max-w-[680px] flex-wrap gap-[3px]">
              {members.map((cluster) => (
                <li key={cluster.id}>
                  <ClusterTile cluster={cluster} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Panel>
  );
}

function ClusterTile({ cluster }: { cluster: ClusterView }) {
  const now = useNow();
  const age = cluster.lastContactAt === null ? null : now - Date.parse(cluster.lastContactAt);
  const old = age === null || age > STALE_MS;
  const state =
    cluster.status === 'connected'
      ? cluster.worstReason === '' || cluster.worstReason === 'ok'
        ? 'all well'
        : `worst: ${reasonLook(cluster.worstReason).word}`
      : cluster.status === 'silent'
        ? 'silent'
        : 'not reached yet';
  const contact =
    cluster.lastContactAt === null ? 'no contact yet' : `last contact ${relativeTime(cluster.lastContactAt, now)}`;
  return (
    <Tip
      text={
        <span className="block space-y-0.5">
          <b className="block">{cluster.name}</b>
          <span className="block">
            {state} · {plural(cluster.applicationCount, 'application')}
          </span>
          <span className="block text-mute">
            {cluster.kubernetesVersion ?? 'version unknown'} · {contact}
          </span>
          {cluster.lastError !== null && <span className="block text-bad">{cluster.lastError}</span>}
        </span>
      }
    >
      <Link
        href={`/applications?q=${encodeURIComponent(`cluster:${cluster.name}`)}`}
        aria-label={`Cluster ${cluster.name}: ${state}, ${plural(cluster.applicationCount, 'application')}`}
        suppressHydrationWarning
        className={cn(
          'block h-6 rounded hover:brightness-110',
          TONE_TILE[toneOf(cluster)],
          widthOf(cluster),
          old && cluster.status === 'connected' && 'opacity-50',
        )}
      />
    </Tip>
  );
}
