'use client';

import { useQuery } from '@tanstack/react-query';
import { FolderGit2, Plus } from 'lucide-react';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { ask } from '#lib/client/ask.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Empty, Failure, Loading } from '#components/ui/states.tsx';
import { Table, Td, Th, Tr } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import { RepositoryActions } from './repository-actions.tsx';
import { RepositoryForm } from './repository-form.tsx';

const STATUS = {
  reachable: { tone: 'ok', word: 'Reachable' },
  unreachable: { tone: 'bad', word: 'Unreachable' },
  unknown: { tone: 'grey', word: 'Not fetched yet' },
} as const;

export function RepositorySettings() {
  const query = useQuery(ask('listRepositories'));
  const whyNot = useWhyNot();
  const [adding, setAdding] = useQueryState('add', parseAsBoolean.withDefault(false));
  const items = query.data?.items ?? [];
  const addButton = (
    <Button look="primary" reason={whyNot('repositories:write')} onClick={() => void setAdding(true)}>
      <Plus aria-hidden className="size-3.5" />
      Add repository
    </Button>
  );
  return (
    <>
      <Panel flush title="Repositories" note={String(items.length)} aside={items.length > 0 ? addButton : undefined}>
        {query.error !== null && <Failure error={query.error} onRetry={() => void query.refetch()} className="m-4" />}
        {query.data === undefined ? (
          query.error === null && <Loading rows={4} label="Loading repositories" />
        ) : items.length === 0 ? (
          <Empty icon={FolderGit2} title="No repositories yet" actions={addButton}>
            A repository is fetched once and then followed by webhook or at an interval.
          </Empty>
        ) : (
          <Table stacked caption="Repositories">
            <thead>
              <Tr>
                <Th>Name</Th>
                <Th>Status</Th>
                <Th className="max-md:hidden">Default branch</Th>
                <Th className="max-md:hidden">Asked every</Th>
                <Th className="max-lg:hidden">Webhook</Th>
                <Th>Applications</Th>
                <Th className="max-md:hidden">Last fetch</Th>
                <Th>
                  <span className="sr-only">Actions</span>
                </Th>
              </Tr>
            </thead>
            <tbody>
              {items.map((repository) => (
                <Tr key={repository.id} className="hover:bg-hover">
                  <Td data-lead>
                    <p className="font-semibold">{repository.name}</p>
                    <p className="text-xs break-all text-mute">{repository.url}</p>
                    {repository.lastError !== null && (
                      <p className="text-xs break-words text-bad">{repository.lastError}</p>
                    )}
                  </Td>
                  <Td>
                    <Badge tone={STATUS[repository.status].tone}>{STATUS[repository.status].word}</Badge>
                  </Td>
                  <Td className="max-md:hidden">{repository.defaultBranch ?? 'unknown'}</Td>
                  <Td className="text-mute max-md:hidden">{repository.pollIntervalSeconds} s</Td>
                  <Td className="text-mute max-lg:hidden">{repository.webhookConfigured ? 'configured' : 'none'}</Td>
                  <Td data-label="Applications">{repository.applicationCount}</Td>
                  <Td className="whitespace-nowrap text-mute max-md:hidden">
                    {repository.lastFetchAt === null ? 'never' : <Time at={repository.lastFetchAt} />}
                  </Td>
                  <Td>
                    <RepositoryActions repository={repository} />
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
      </Panel>
      {adding && <RepositoryForm onClose={() => void setAdding(null)} />}
    </>
  );
}
