'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryStates } from 'nuqs';
import type { DeploymentView } from '#lib/contracts/deployments.ts';
import { ask } from '#lib/client/ask.ts';
import { durationWords, shortSha } from '#lib/client/format.ts';
import { DiffModeSwitch, useDiffMode } from '#components/diff/diff-mode.tsx';
import { ObjectDiff } from '#components/diff/object-diff.tsx';
import { StateBadge } from '#components/health/state-badge.tsx';
import { OPERATION_WORDS } from '#components/health/acts.ts';
import { deploymentLook } from '#components/health/reasons.ts';
import { usePlanning } from '#components/shell/planning.tsx';
import { useWhyNot } from '#components/shell/session.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Sha } from '#components/ui/copy.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { More } from '#components/ui/more.tsx';
import { Empty, Failure, Loading } from '#components/ui/states.tsx';
import { Table, Td, Th, Tr } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import { applicationQuery, deploymentsQuery } from './queries.ts';
import { StateAt } from './state-at.tsx';

/** What was live when; any two can be compared, any past one rolled back to. */
export function HistoryTab({ id }: { id: string }) {
  const query = useInfiniteQuery(deploymentsQuery(id));
  const application = useQuery(applicationQuery(id));
  const [{ from, to }, setPair] = useQueryStates({ from: parseAsString, to: parseAsString });
  const rows = (query.data?.pages ?? []).flatMap((page) => page.items);
  if (query.data === undefined) {
    return query.error === null ? (
      <Loading rows={6} label="Loading the history" />
    ) : (
      <Failure error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (rows.length === 0) return <Empty title="Nothing was deployed yet">The first sync writes the first entry.</Empty>;
  return (
    <div>
      <StateAt id={id} />
      <div className="rounded-[10px] border border-line bg-surface">
        <Table stacked caption="Deployments, newest first">
          <thead>
            <Tr>
              <Th>Revision</Th>
              <Th>How</Th>
              <Th className="max-md:hidden">By</Th>
              <Th>When</Th>
              <Th className="max-lg:hidden">Took</Th>
              <Th className="max-md:hidden">Outcome</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </Tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <HistoryRow
                key={row.id}
                row={row}
                application={{ id, name: application.data?.name ?? '' }}
                before={rows[index + 1]}
                onCompare={(other) => void setPair({ from: other, to: row.id })}
                current={rows.find((each) => each.current)}
              />
            ))}
          </tbody>
        </Table>
      </div>
      <More query={query} />
      {from !== null && to !== null && (
        <DeploymentDiff
          id={id}
          from={from}
          to={to}
          rows={rows}
          onClose={() => void setPair({ from: null, to: null })}
        />
      )}
    </div>
  );
}

interface RowProps {
  row: DeploymentView;
  application: { id: string; name: string };
  before: DeploymentView | undefined;
  current: DeploymentView | undefined;
  onCompare: (other: string) => void;
}

function HistoryRow({ row, application, before, current, onCompare }: RowProps) {
  const plan = usePlanning();
  const whyNot = useWhyNot();
  const short = shortSha(row.commit.sha);
  return (
    <Tr className="hover:bg-hover">
      <Td data-lead>
        <p className="flex flex-wrap items-center gap-x-2">
          <Sha sha={row.commit.sha} />
          <span className="font-medium">{row.commit.subject}</span>
          {row.current && <Badge tone="ok">live</Badge>}
        </p>
        <p className="text-xs text-mute">
          {row.commit.authorName}
          {row.images.length > 0 &&
            ` · ${row.images.slice(0, 3).join(', ')}${row.images.length > 3 ? `, ${row.images.length - 3} more` : ''}`}
        </p>
        {row.message !== '' && <p className="text-xs break-words text-mute">{row.message}</p>}
      </Td>
      <Td>{OPERATION_WORDS[row.kind]}</Td>
      <Td className="max-md:hidden">{row.actorName}</Td>
      <Td className="whitespace-nowrap">
        <Time at={row.finishedAt} />
      </Td>
      <Td className="whitespace-nowrap text-mute max-lg:hidden">
        {durationWords(Date.parse(row.finishedAt) - Date.parse(row.startedAt))}
      </Td>
      <Td className="max-md:hidden">
        <StateBadge look={deploymentLook(row.outcome)} bare />
      </Td>
      <Td>
        <span className="flex flex-wrap justify-end gap-1.5">
          {before !== undefined && (
            <Button
              size="small"
              look="ghost"
              aria-label={`Compare with previous: ${short}`}
              onClick={() => onCompare(before.id)}
            >
              Compare with previous
            </Button>
          )}
          {current !== undefined && !row.current && (
            <Button
              size="small"
              look="ghost"
              aria-label={`Compare with live: ${short}`}
              onClick={() => onCompare(current.id)}
            >
              Compare with live
            </Button>
          )}
          {!row.current && (
            <Button
              size="small"
              reason={whyNot('applications:rollback')}
              aria-label={`Roll back to ${short}`}
              onClick={() => plan({ application, act: { kind: 'rollback', method: 'git', deployment: row } })}
            >
              Roll back to here…
            </Button>
          )}
        </span>
      </Td>
    </Tr>
  );
}

function DeploymentDiff({
  id,
  from,
  to,
  rows,
  onClose,
}: {
  id: string;
  from: string;
  to: string;
  rows: readonly DeploymentView[];
  onClose: () => void;
}) {
  const mode = useDiffMode();
  const query = useQuery(ask('diffDeployments', { params: { id }, query: { from, to } }));
  const nameOf = (deployment: string) =>
    shortSha(rows.find((row) => row.id === deployment)?.commit.sha ?? 'another deployment');
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="wide"
      title="Compare deployments"
      description={`${nameOf(from)} and ${nameOf(to)}, older first`}
    >
      <div className="mb-3 flex justify-end">
        <DiffModeSwitch />
      </div>
      {query.data === undefined ? (
        query.error === null ? (
          <Loading rows={6} label="Comparing" />
        ) : (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        )
      ) : query.data.objects.length === 0 ? (
        <Empty title="They rendered the same">No object differs between the two.</Empty>
      ) : (
        query.data.objects.map((change) => <ObjectDiff key={change.key} change={change} mode={mode} />)
      )}
    </Dialog>
  );
}
