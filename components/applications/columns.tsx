import { createColumnHelper, rowSelectionFeature, rowSortingFeature, tableFeatures } from '@tanstack/react-table';
import { RefreshCw } from 'lucide-react';
import type { ApplicationRow } from '#lib/contracts/applications.ts';
import { shortSha } from '#lib/client/format.ts';
import { adviceTip } from '#components/health/advice.tsx';
import { StateBadge } from '#components/health/state-badge.tsx';
import { DRIFT_LOOK, HEALTH_LOOK, PIN_LOOK, SUSPENSION_LOOK, SYNC_LOOK } from '#components/health/states.ts';
import { Time } from '#components/ui/time.tsx';

interface ColumnWords {
  label: string;
  /** Track of the grid (CSS) until somebody drags its edge. */
  track: string;
  /** Cannot be hidden. */
  always?: boolean;
}

/** What the table of applications uses of the library; the server sorts, filters and pages, and columns come as chosen. */
export const FEATURES = tableFeatures({
  rowSelectionFeature,
  rowSortingFeature,
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- carries a type alone; the library drops the value
  columnMeta: {} as ColumnWords,
});

const helper = createColumnHelper<typeof FEATURES, ApplicationRow>();

/** Columns by which the server sorts carry the name of that order. */
export const COLUMNS = helper.columns([
  helper.accessor('name', {
    id: 'name',
    meta: { label: 'Name', track: 'minmax(150px,2fr)', always: true },
    cell: ({ row: { original: row } }) => (
      <span className="flex min-w-0 items-baseline gap-2">
        <span className="max-w-full shrink-0 truncate font-semibold">{row.name}</span>
        {row.attentionReason !== 'ok' && row.cause !== '' && (
          <span className="truncate text-xs text-mute" title={adviceTip(row.cause, row.diagnosis)}>
            {row.cause}
          </span>
        )}
      </span>
    ),
  }),
  helper.accessor('projectName', {
    id: 'project',
    enableSorting: false,
    meta: { label: 'Project', track: 'minmax(0,.6fr)' },
  }),
  helper.accessor('clusterName', { id: 'cluster', meta: { label: 'Cluster', track: 'minmax(0,.75fr)' } }),
  helper.accessor('namespace', {
    id: 'namespace',
    enableSorting: false,
    meta: { label: 'Namespace', track: 'minmax(0,.75fr)' },
  }),
  helper.accessor('agent', { id: 'agent', enableSorting: false, meta: { label: 'Agent', track: '72px' } }),
  helper.accessor('sync', {
    id: 'sync',
    enableSorting: false,
    meta: { label: 'Sync', track: '104px' },
    cell: ({ row: { original: row } }) => <StateBadge look={SYNC_LOOK[row.sync]} bare stale={row.stale} />,
  }),
  helper.accessor('health', {
    id: 'health',
    enableSorting: false,
    meta: { label: 'Health', track: '112px' },
    cell: ({ row: { original: row } }) => <StateBadge look={HEALTH_LOOK[row.health]} bare stale={row.stale} />,
  }),
  helper.accessor('driftCount', {
    id: 'drift',
    enableSorting: false,
    meta: { label: 'Drift', track: '88px' },
    cell: ({ row: { original: row } }) =>
      row.driftCount === 0 ? (
        <span className="text-mute">none</span>
      ) : (
        <StateBadge
          look={DRIFT_LOOK}
          bare
          stale={row.stale}
        >{`${row.driftCount} ${row.driftCount === 1 ? 'field' : 'fields'}`}</StateBadge>
      ),
  }),
  helper.accessor((row) => row.deployed ?? row.target, {
    id: 'revision',
    enableSorting: false,
    meta: { label: 'Revision', track: 'minmax(0,1.2fr)' },
    cell: ({ row: { original: row } }) => {
      const commit = row.deployed ?? row.target;
      return commit === null ? (
        <span className="text-mute">not deployed</span>
      ) : (
        <span className="flex min-w-0 gap-2" title={`${commit.subject}\n${commit.authorName}`}>
          <code>{shortSha(commit.sha)}</code>
          <span className="truncate text-mute">{commit.subject}</span>
        </span>
      );
    },
  }),
  helper.accessor('deployedAt', {
    id: 'deployed',
    sortDescFirst: true,
    meta: { label: 'Deployed', track: '92px' },
    cell: ({ row: { original: row } }) =>
      row.deployedAt === null ? (
        <span className="text-mute">never</span>
      ) : (
        <Time at={row.deployedAt} className="text-mute" />
      ),
  }),
  helper.accessor('automated', {
    id: 'policy',
    enableSorting: false,
    meta: { label: 'Sync policy', track: '96px' },
    cell: ({ row: { original: row } }) =>
      row.pinned ? (
        <StateBadge look={PIN_LOOK} bare />
      ) : row.suspended ? (
        <StateBadge look={SUSPENSION_LOOK} bare />
      ) : (
        <span className="flex items-center gap-1 text-mute">
          {row.automated && <RefreshCw aria-hidden className="size-3" />}
          {row.automated ? 'automatic' : 'manual'}
        </span>
      ),
  }),
]);

/** Every column from left to right, as words, in the order somebody chose. */
export function orderedColumns(order: readonly string[]): { id: string; label: string; always: boolean }[] {
  const place = (id: string | undefined) => {
    const at = order.indexOf(id ?? '');
    return at < 0 ? order.length : at;
  };
  return COLUMNS.map((column) => ({
    id: column.id ?? '',
    label: column.meta?.label ?? '',
    always: column.meta?.always === true,
  })).sort((a, b) => place(a.id) - place(b.id));
}
