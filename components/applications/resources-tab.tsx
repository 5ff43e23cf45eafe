'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleDashed } from 'lucide-react';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import type { ObjectRow } from '#lib/contracts/applications.ts';
import { ApiError } from '#lib/client/api.ts';
import { ask } from '#lib/client/ask.ts';
import { plural } from '#lib/client/format.ts';
import { adviceTip, Advice } from '#components/health/advice.tsx';
import { StateBadge } from '#components/health/state-badge.tsx';
import { HEALTH_LOOK, SYNC_LOOK } from '#components/health/states.ts';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/class-names.ts';
import { CodeBlock } from '#components/ui/copy.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { part } from '#components/ui/lazy.tsx';
import { Empty, Failure, Loading } from '#components/ui/states.tsx';
import { Table, Td, Th, Tr } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import { resourcesQuery } from './queries.ts';
import { treeOf } from './tree.ts';

const ResourceGraph = part(async () => (await import('./resource-graph.tsx')).ResourceGraph, {
  sentence: 'The graph could not be loaded; reload the page, or look at the list.',
  loading: <Loading rows={6} label="Loading the graph" />,
});
const VIEWS = ['list', 'graph'] as const;

/** Every object of the application by owner, as a list or a graph; each opens as it is live. */
export function ResourcesTab({ id }: { id: string }) {
  const query = useQuery(resourcesQuery(id));
  const [{ view, object }, setState] = useQueryStates({
    view: parseAsStringLiteral(VIEWS).withDefault('list'),
    object: parseAsString,
  });
  const nodes = useMemo(() => treeOf(query.data?.items ?? []), [query.data]);
  if (query.data === undefined) {
    return query.error === null ? (
      <Loading rows={8} label="Loading resources" />
    ) : (
      <Failure error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const { items } = query.data;
  const open = (key: string) => void setState({ object: key });
  const chosen = items.find((each) => each.key === object);
  return (
    <div>
      <header className="mb-2 flex items-center gap-2">
        <span className="text-sm text-mute">{plural(items.length, 'object')}</span>
        <div
          role="group"
          aria-label="View of resources"
          className="ml-auto inline-flex rounded-[7px] border border-line-strong/70 p-px"
        >
          {VIEWS.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={view === each}
              onClick={() => void setState({ view: each })}
              className={cn(
                'h-[26px] rounded-md px-2.5 text-xs capitalize',
                view === each ? 'bg-grey-soft font-semibold' : 'text-mute',
              )}
            >
              {each}
            </button>
          ))}
        </div>
      </header>
      {query.error !== null && (
        <Failure title="Shown as last read: resources cannot be read now" error={query.error} className="mb-3" />
      )}
      {items.length === 0 ? (
        <Empty title="No objects yet">Nothing was rendered, or nothing was deployed yet.</Empty>
      ) : view === 'graph' ? (
        <ResourceGraph nodes={nodes} onOpen={open} />
      ) : (
        <div className="rounded-[10px] border border-line bg-surface">
          <Table caption="Resources">
            <thead>
              <Tr>
                <Th>Object</Th>
                <Th className="max-md:hidden">Namespace</Th>
                <Th>Sync</Th>
                <Th>Health</Th>
                <Th className="max-lg:hidden">Message</Th>
                <Th className="max-md:hidden">Age</Th>
              </Tr>
            </thead>
            <tbody>
              {nodes.map(({ row, depth }) => (
                <ResourceRow key={row.key} row={row} depth={depth} onOpen={open} />
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {object !== null && (
        <ManifestDrawer
          applicationId={id}
          objectKey={object}
          row={chosen}
          onClose={() => void setState({ object: null })}
        />
      )}
    </div>
  );
}

function ResourceRow({ row, depth, onOpen }: { row: ObjectRow; depth: number; onOpen: (key: string) => void }) {
  return (
    <Tr className="hover:bg-hover">
      <Td dense>
        <span className="flex items-baseline gap-2" style={{ paddingLeft: depth * 18 }}>
          {depth > 0 && (
            <span aria-hidden className="text-mute">
              └
            </span>
          )}
          <span className="text-xs text-mute">{row.kind}</span>
          <button
            type="button"
            onClick={() => onOpen(row.key)}
            aria-label={`Open ${row.kind} ${row.name}`}
            className="text-left font-medium break-all hover:underline"
          >
            {row.name}
          </button>
        </span>
      </Td>
      <Td dense className="text-mute max-md:hidden">
        {row.namespace}
      </Td>
      <Td dense>
        {row.managed ? (
          <StateBadge look={SYNC_LOOK[row.sync]} bare />
        ) : (
          <span className="text-xs text-mute">child</span>
        )}
      </Td>
      <Td dense>
        <StateBadge look={HEALTH_LOOK[row.health]} bare />
      </Td>
      <Td dense className="max-w-90 truncate text-mute max-lg:hidden" title={adviceTip(row.message, row.diagnosis)}>
        {row.message}
      </Td>
      <Td dense className="text-mute max-md:hidden">
        {row.createdAt !== null && <Time at={row.createdAt} />}
      </Td>
    </Tr>
  );
}

function ManifestDrawer({
  applicationId,
  objectKey,
  row,
  onClose,
}: {
  applicationId: string;
  objectKey: string;
  row: ObjectRow | undefined;
  onClose: () => void;
}) {
  const manifest = useQuery({
    ...ask('getLiveManifest', { params: { id: applicationId }, query: { key: objectKey } }),
    staleTime: 0,
  });
  const title = row === undefined ? objectKey : `${row.kind} ${row.name}`;
  return (
    <Dialog
      open
      side
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={
        row === undefined
          ? 'Live manifest'
          : `${row.apiVersion} · ${row.namespace === '' ? 'cluster-wide' : row.namespace}`
      }
    >
      <div className="space-y-3">
        {row !== undefined && (
          <p className="flex flex-wrap items-center gap-2 text-sm">
            {row.managed && <StateBadge look={SYNC_LOOK[row.sync]} />}
            <StateBadge look={HEALTH_LOOK[row.health]} />
            <span className="text-mute">{row.message}</span>
          </p>
        )}
        {row !== undefined && <Advice diagnosis={row.diagnosis} />}
        {manifest.data !== undefined ? (
          <>
            <p className="text-xs text-mute">
              As it is live, asked <Time at={manifest.data.askedAt} />. Secrets are hidden.
            </p>
            <CodeBlock label={`live manifest of ${title}`} text={manifest.data.text} tall />
          </>
        ) : manifest.error === null ? (
          <Loading rows={12} label="Asking the cluster" />
        ) : manifest.error instanceof ApiError && manifest.error.status === 404 ? (
          <Empty
            icon={CircleDashed}
            title="Not in the cluster"
            actions={<Button onClick={() => void manifest.refetch()}>Ask again</Button>}
          >
            {manifest.error.message}{' '}
            {row?.managed === true ? 'Git has it: a sync creates it.' : 'It went since the list was read.'}
          </Empty>
        ) : (
          <Failure
            title="The cluster did not give the object"
            error={manifest.error}
            onRetry={() => void manifest.refetch()}
          />
        )}
      </div>
    </Dialog>
  );
}
