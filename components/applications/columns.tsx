import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ApplicationRow } from '#lib/contracts/applications.ts';
import { shortSha } from '#lib/client/format.ts';
import { StateBadge } from '#components/health/state-badge.tsx';
import { DRIFT_LOOK, HEALTH_LOOK, PIN_LOOK, SYNC_LOOK } from '#components/health/states.ts';
import { Time } from '#components/ui/time.tsx';
import type { Sort } from './queries.ts';

export interface Column {
  id: string;
  label: string;
  sort?: Sort;
  /** Track of the grid: CSS width. */
  width: string;
  always?: boolean;
  cell: (row: ApplicationRow) => ReactNode;
}

function commitOf(row: ApplicationRow) {
  return row.deployed ?? row.target;
}

export const COLUMNS: readonly Column[] = [
  {
    id: 'name',
    label: 'Name',
    sort: 'name',
    width: 'minmax(150px,2fr)',
    always: true,
    cell: (row) => (
      <span className="flex min-w-0 items-baseline gap-2">
        <span className="max-w-full shrink-0 truncate font-semibold">{row.name}</span>
        {row.attentionReason !== 'ok' && row.cause !== '' && (
          <span className="truncate text-xs text-mute">{row.cause}</span>
        )}
      </span>
    ),
  },
  { id: 'project', label: 'Project', width: 'minmax(0,.6fr)', cell: (row) => row.projectName },
  { id: 'cluster', label: 'Cluster', sort: 'cluster', width: 'minmax(0,.75fr)', cell: (row) => row.clusterName },
  { id: 'namespace', label: 'Namespace', width: 'minmax(0,.75fr)', cell: (row) => row.namespace },
  { id: 'agent', label: 'Agent', width: '72px', cell: (row) => row.agent },
  {
    id: 'sync',
    label: 'Sync',
    width: '104px',
    cell: (row) => <StateBadge look={SYNC_LOOK[row.sync]} bare stale={row.stale} />,
  },
  {
    id: 'health',
    label: 'Health',
    sort: 'attention',
    width: '112px',
    cell: (row) => <StateBadge look={HEALTH_LOOK[row.health]} bare stale={row.stale} />,
  },
  {
    id: 'drift',
    label: 'Drift',
    width: '88px',
    cell: (row) =>
      row.driftCount === 0 ? (
        <span className="text-mute">none</span>
      ) : (
        <StateBadge
          look={DRIFT_LOOK}
          bare
          stale={row.stale}
        >{`${row.driftCount} ${row.driftCount === 1 ? 'field' : 'fields'}`}</StateBadge>
      ),
  },
  {
    id: 'revision',
    label: 'Revision',
    width: 'minmax(0,1.2fr)',
    cell: (row) => {
      const commit = commitOf(row);
      return commit === null ? (
        <span className="text-mute">not deployed</span>
      ) : (
        <span className="flex min-w-0 gap-2" title={`${commit.subject}\n${commit.authorName}`}>
          <code>{shortSha(commit.sha)}</code>
          <span className="truncate text-mute">{commit.subject}</span>
        </span>
      );
    },
  },
  {
    id: 'deployed',
    label: 'Deployed',
    sort: 'deployed',
    width: '92px',
    cell: (row) =>
      row.deployedAt === null ? (
        <span className="text-mute">never</span>
      ) : (
        <Time at={row.deployedAt} className="text-mute" />
      ),
  },
  {
    id: 'policy',
    label: 'Sync policy',
    width: '88px',
    cell: (row) =>
      row.pinned ? (
        <StateBadge look={PIN_LOOK} bare />
      ) : (
        <span className="flex items-center gap-1 text-mute">
          {row.automated && <RefreshCw aria-hidden className="size-3" />}
          {row.automated ? 'automatic' : 'manual'}
        </span>
      ),
  },
];

/** The columns that are shown, and the grid they stand on. */
export function shownColumns(hidden: readonly string[]): { columns: Column[]; grid: string } {
  const columns = COLUMNS.filter((column) => column.always === true || !hidden.includes(column.id));
  return { columns, grid: `32px ${columns.map((column) => column.width).join(' ')}` };
}
