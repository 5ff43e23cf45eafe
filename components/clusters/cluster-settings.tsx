'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus, Server } from 'lucide-react';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import type { ClusterView } from '#lib/contracts/clusters.ts';
import { ask } from '#lib/client/ask.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Empty, Failure, Loading } from '#components/ui/states.tsx';
import { Table, Td, Th, Tr } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import { AddCluster, WAYS } from './add-cluster.tsx';
import { ClusterActions } from './cluster-actions.tsx';
import { sortedLabels } from './labels.ts';
import { RbacDialog } from './rbac-dialog.tsx';
import { TestDialog } from './test-dialog.tsx';

const STATUS = {
  connected: { tone: 'ok', word: 'Connected' },
  silent: { tone: 'bad', word: 'Silent' },
  unknown: { tone: 'grey', word: 'Not reached yet' },
} as const;

export function ClusterSettings() {
  const query = useQuery(ask('listClusters'));
  const whyNot = useWhyNot();
  const [{ add, test, rbac }, setState] = useQueryStates({
    add: parseAsStringLiteral(WAYS),
    test: parseAsString,
    rbac: parseAsStringLiteral(['read-only', 'full'] as const),
  });
  const items = query.data?.items ?? [];
  const tested = items.find((each) => each.id === test);
  const addButton = (
    <Button look="primary" reason={whyNot('clusters:write')} onClick={() => void setState({ add: 'kubeconfig' })}>
      <Plus aria-hidden className="size-3.5" />
      Add cluster
    </Button>
  );
  return (
    <>
      <Panel
        flush
        title="Clusters"
        note={String(items.length)}
        aside={
          <>
            <Button onClick={() => void setState({ rbac: 'full' })}>RBAC manifest</Button>
            {items.length > 0 && addButton}
          </>
        }
      >
        {query.error !== null && <Failure error={query.error} onRetry={() => void query.refetch()} className="m-4" />}
        {query.data === undefined ? (
          query.error === null && <Loading rows={4} label="Loading clusters" />
        ) : items.length === 0 ? (
          <Empty icon={Server} title="No clusters yet" actions={addButton}>
            Paste a kubeconfig, give a server with a token or a client certificate, or take the cluster Quarterdeck runs
            in.
          </Empty>
        ) : (
          <Table stacked caption="Clusters">
            <thead>
              <Tr>
                <Th>Name</Th>
                <Th>Status</Th>
                <Th className="max-lg:hidden">Labels</Th>
                <Th className="max-md:hidden">Access</Th>
                <Th className="max-md:hidden">Version</Th>
                <Th>Applications</Th>
                <Th className="max-md:hidden">Last contact</Th>
                <Th>
                  <span className="sr-only">Actions</span>
                </Th>
              </Tr>
            </thead>
            <tbody>
              {items.map((cluster) => (
                <ClusterRow key={cluster.id} cluster={cluster} onTest={() => void setState({ test: cluster.id })} />
              ))}
            </tbody>
          </Table>
        )}
      </Panel>
      {add !== null && (
        <AddCluster
          way={add}
          onWay={(way) => void setState({ add: way })}
          onClose={() => void setState({ add: null })}
        />
      )}
      {tested !== undefined && <TestDialog cluster={tested} onClose={() => void setState({ test: null })} />}
      {rbac !== null && (
        <RbacDialog
          access={rbac}
          onAccess={(access) => void setState({ rbac: access })}
          onClose={() => void setState({ rbac: null })}
        />
      )}
    </>
  );
}

function ClusterRow({ cluster, onTest }: { cluster: ClusterView; onTest: () => void }) {
  const status = STATUS[cluster.status];
  return (
    <Tr className="hover:bg-hover">
      <Td data-lead>
        <p className="font-semibold">{cluster.name}</p>
        <p className="text-xs break-all text-mute">{cluster.server}</p>
        {cluster.lastError !== null && <p className="text-xs break-words text-bad">{cluster.lastError}</p>}
      </Td>
      <Td>
        <Badge tone={status.tone}>{status.word}</Badge>
      </Td>
      <Td className="max-lg:hidden">
        <span className="flex flex-wrap gap-1">
          {sortedLabels(cluster.labels).map(([key, value]) => (
            <code key={key} className="rounded bg-grey-soft px-1.5 py-0.5 text-2xs">
              {key}={value}
            </code>
          ))}
        </span>
      </Td>
      <Td className="text-mute max-md:hidden">
        {cluster.access} · {cluster.credentialKind}
        {cluster.insecureSkipTlsVerify && <Badge tone="bad">TLS not verified</Badge>}
      </Td>
      <Td className="text-mute max-md:hidden">{cluster.kubernetesVersion ?? 'unknown'}</Td>
      <Td data-label="Applications">{cluster.applicationCount}</Td>
      <Td className="whitespace-nowrap text-mute max-md:hidden">
        {cluster.lastContactAt === null ? 'never' : <Time at={cluster.lastContactAt} />}
      </Td>
      <Td>
        <ClusterActions cluster={cluster} onTest={onTest} />
      </Td>
    </Tr>
  );
}
