'use client';

import { parseAsString, useQueryState } from 'nuqs';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ClusterView } from '#lib/contracts/clusters.ts';
import { plural, relativeTime } from '#lib/client/format.ts';
import { reasonLook } from '#components/health/reasons.ts';
import { cn } from '#components/ui/class-names.ts';
import { SelectFilter } from '#components/ui/field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useNow } from '#components/ui/time.tsx';
import { Tip } from '#components/ui/tip.tsx';
import { type Tone, TONE_TEXT, TONE_TILE } from '#components/ui/tone.ts';

const ORDER = ['production', 'prod', 'staging', 'test', 'development', 'dev'];
const STALE_MS = 60_000;
/** So many still fit with their names. */
const FEW = 24;

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
        : 'w-[24px]';
}

function cardWidthOf(cluster: ClusterView): string {
  return cluster.applicationCount > 20 ? 'w-72' : cluster.applicationCount > 8 ? 'w-64' : 'w-56';
}

/** A tile per cluster, coloured by its worst application, dimmed when its data is old. */
export function ClusterStrip({ clusters }: { clusters: readonly ClusterView[] }) {
  const [label, setLabel] = useQueryState('group', parseAsString.withDefault('environment'));
  const keys = [...new Set(['environment', ...clusters.flatMap((cluster) => Object.keys(cluster.labels))])].sort();
  const few = clusters.length <= FEW;
  return (
    <Panel
      title="Clusters"
      note={`${clusters.length} · colour is the worst application, grey is silent, pale is older than a minute`}
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
            <ul className={cn('flex flex-wrap', few ? 'gap-2' : 'max-w-[680px] gap-[3px]')}>
              {members.map((cluster) => (
                <li key={cluster.id} className={cn(few && 'max-md:w-full')}>
                  {few ? <ClusterCard cluster={cluster} /> : <ClusterTile cluster={cluster} />}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Panel>
  );
}

interface Standing {
  tone: Tone;
  /** Its worst application or its silence, in words. */
  state: string;
  contact: string;
  /** How old its data is; null = never heard of. */
  age: string | null;
  old: boolean;
}

function standingOf(cluster: ClusterView, now: number): Standing {
  const age = cluster.lastContactAt === null ? null : now - Date.parse(cluster.lastContactAt);
  const well = cluster.worstReason === '' || cluster.worstReason === 'ok';
  return {
    tone: toneOf(cluster),
    state:
      cluster.status === 'connected'
        ? well
          ? 'all well'
          : `worst: ${reasonLook(cluster.worstReason).word}`
        : cluster.status === 'silent'
          ? 'silent'
          : 'not reached yet',
    contact:
      cluster.lastContactAt === null ? 'no contact yet' : `last contact ${relativeTime(cluster.lastContactAt, now)}`,
    age: cluster.lastContactAt === null ? null : relativeTime(cluster.lastContactAt, now),
    old: cluster.status === 'connected' && (age === null || age > STALE_MS),
  };
}

/** What hovering tells, and the way to its applications. */
function ClusterLink({
  cluster,
  standing,
  className,
  children,
}: {
  cluster: ClusterView;
  standing: Standing;
  className: string;
  children?: ReactNode;
}) {
  return (
    <Tip
      text={
        <span className="block space-y-0.5">
          <b className="block">{cluster.name}</b>
          <span className="block">
            {standing.state} · {plural(cluster.applicationCount, 'application')}
          </span>
          <span className="block text-mute">
            {cluster.kubernetesVersion ?? 'version unknown'} · {standing.contact}
          </span>
          {cluster.lastError !== null && <span className="block text-bad">{cluster.lastError}</span>}
        </span>
      }
    >
      <Link
        prefetch={false}
        href={`/applications?q=${encodeURIComponent(`cluster:${cluster.name}`)}`}
        aria-label={`Cluster ${cluster.name}: ${standing.state}, ${plural(cluster.applicationCount, 'application')}`}
        suppressHydrationWarning
        className={className}
      >
        {children}
      </Link>
    </Tip>
  );
}

/** One of many: a square of colour. */
function ClusterTile({ cluster }: { cluster: ClusterView }) {
  const standing = standingOf(cluster, useNow());
  return (
    <ClusterLink
      cluster={cluster}
      standing={standing}
      className={cn(
        'block h-[24px] rounded hover:brightness-110',
        TONE_TILE[standing.tone],
        widthOf(cluster),
        standing.old && 'opacity-50',
      )}
    />
  );
}

/** One of few: its name, how many applications, how old its data is. */
function ClusterCard({ cluster }: { cluster: ClusterView }) {
  const standing = standingOf(cluster, useNow());
  return (
    <ClusterLink
      cluster={cluster}
      standing={standing}
      className={cn(
        'block overflow-hidden rounded-md border border-line hover:border-line-strong hover:bg-hover',
        'max-md:w-full',
        cardWidthOf(cluster),
        standing.old && 'opacity-60',
      )}
    >
      <span className={cn('block h-1.5', TONE_TILE[standing.tone])} />
      <span className="block px-2.5 py-1.5">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate text-sm font-semibold">{cluster.name}</span>
          <span suppressHydrationWarning className={cn('shrink-0 text-xs font-medium', TONE_TEXT[standing.tone])}>
            {standing.state.replace('worst: ', '')}
          </span>
        </span>
        <span suppressHydrationWarning className="block truncate text-xs text-mute">
          {plural(cluster.applicationCount, 'application')} · {standing.age ?? 'never reached'}
        </span>
      </span>
    </ClusterLink>
  );
}
