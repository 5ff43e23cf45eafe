'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { RepositoryView } from '#lib/contracts/repositories.ts';
import { api } from '#lib/client/api.ts';
import { askPages } from '#lib/client/ask.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { announce, announceFailure } from '#components/shell/toasts.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Confirm } from '#components/ui/confirm.tsx';
import { CodeBlock } from '#components/ui/copy.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { More } from '#components/ui/more.tsx';
import { Empty, Failure, Loading, Notice } from '#components/ui/states.tsx';
import { Table, Td, Th, Tr } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import { RepositoryForm } from './repository-form.tsx';

export function RepositoryActions({ repository }: { repository: RepositoryView }) {
  const whyNot = useWhyNot();
  const queries = useQueryClient();
  const [shown, setShown] = useState<'edit' | 'webhook' | 'deliveries' | 'delete' | null>(null);
  const close = () => setShown(null);
  const test = useMutation({
    mutationFn: () => api('testRepository', { params: { id: repository.id } }),
    onSuccess: (result) =>
      result.ok
        ? announce(`${repository.name} answers in ${Math.round(result.latencyMs)} ms`, { description: result.message })
        : announceFailure(`${repository.name} does not answer`, new Error(result.message)),
    onError: (error) => announceFailure(`${repository.name} could not be tested`, error),
  });
  const fetchNow = useMutation({
    mutationFn: () => api('refreshRepository', { params: { id: repository.id } }),
    onSuccess: () => announce(`Fetch of ${repository.name} requested`),
    onError: (error) => announceFailure(`${repository.name} was not fetched`, error),
  });
  return (
    <span className="flex justify-end gap-1.5">
      <Button
        size="small"
        busy={test.isPending}
        reason={whyNot('repositories:test')}
        aria-label={`Test connection to ${repository.name}`}
        onClick={() => test.mutate()}
      >
        Test
      </Button>
      <Menu
        label={`Actions for ${repository.name}`}
        trigger={
          <Button size="small" look="ghost" aria-label={`More for ${repository.name}`}>
            <Ellipsis aria-hidden className="size-4" />
          </Button>
        }
      >
        <MenuItem reason={whyNot('repositories:refresh')} onSelect={() => fetchNow.mutate()}>
          Fetch now
        </MenuItem>
        <MenuItem reason={whyNot('repositories:write')} onSelect={() => setShown('edit')}>
          Name, interval, credential…
        </MenuItem>
        <MenuItem reason={whyNot('repositories:write')} onSelect={() => setShown('webhook')}>
          Webhook…
        </MenuItem>
        <MenuItem onSelect={() => setShown('deliveries')}>Webhook deliveries</MenuItem>
        <MenuItem
          danger
          reason={
            whyNot('repositories:write') ?? (repository.applicationCount > 0 ? 'Applications still use it' : null)
          }
          onSelect={() => setShown('delete')}
        >
          Delete…
        </MenuItem>
      </Menu>
      {shown === 'edit' && <RepositoryForm repository={repository} onClose={close} />}
      {shown === 'webhook' && <WebhookDialog repository={repository} onClose={close} />}
      {shown === 'deliveries' && <DeliveriesDialog repository={repository} onClose={close} />}
      <Confirm
        open={shown === 'delete'}
        onOpenChange={(open) => !open && close()}
        title={`Delete ${repository.name}`}
        action="Delete repository"
        typedName={repository.name}
        onConfirm={async () => {
          await api('deleteRepository', { params: { id: repository.id } });
          announce(`${repository.name} was deleted`);
          await queries.invalidateQueries();
        }}
      >
        <p>Quarterdeck forgets it, its mirror and its credential. The repository itself is not touched.</p>
      </Confirm>
    </span>
  );
}

function WebhookDialog({ repository, onClose }: { repository: RepositoryView; onClose: () => void }) {
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: () => api('createWebhookSecret', { params: { id: repository.id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['listRepositories'] }),
  });
  const urls = make.data?.urls ?? repository.webhookUrls;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Webhook of ${repository.name}`}
      description="With it a push shows within seconds. Every delivery is verified by its signature."
      footer={
        <Button
          look={make.data === undefined ? 'primary' : 'plain'}
          busy={make.isPending}
          onClick={() => make.mutate()}
        >
          {repository.webhookConfigured || make.data !== undefined ? 'Make a new secret' : 'Make secret'}
        </Button>
      }
    >
      <div className="space-y-3">
        <CodeBlock label="address for GitHub-style push events" text={urls.github} />
        <CodeBlock label="address for signed generic calls" text={urls.generic} />
        {make.data !== undefined && (
          <>
            <Notice>This secret is shown once. Copy it now.</Notice>
            <CodeBlock label="webhook secret" text={make.data.secret} />
          </>
        )}
        {make.error !== null && <Failure title="No secret was made" error={make.error} />}
        {make.data === undefined && repository.webhookConfigured && (
          <p className="text-sm text-mute">
            A secret exists. A new one replaces it; the old one stops working at once.
          </p>
        )}
      </div>
    </Dialog>
  );
}

const TONE = { accepted: 'ok', duplicate: 'grey', ignored: 'grey', refused: 'bad' } as const;

function DeliveriesDialog({ repository, onClose }: { repository: RepositoryView; onClose: () => void }) {
  const query = useInfiniteQuery(askPages('listDeliveries', { params: { id: repository.id }, query: { limit: 50 } }));
  const items = (query.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="wide"
      title={`Webhook deliveries of ${repository.name}`}
    >
      {query.data === undefined ? (
        query.error === null ? (
          <Loading rows={5} />
        ) : (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        )
      ) : items.length === 0 ? (
        <Empty title="No deliveries yet">Nothing was posted to its addresses.</Empty>
      ) : (
        <>
          <Table stacked caption="Webhook deliveries">
            <thead>
              <Tr>
                <Th>Received</Th>
                <Th>Event</Th>
                <Th>Outcome</Th>
                <Th>Detail</Th>
              </Tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <Tr key={item.id}>
                  <Td className="whitespace-nowrap">
                    <Time at={item.receivedAt} />
                  </Td>
                  <Td>
                    {item.event} <code className="text-mute">{item.deliveryId}</code>
                  </Td>
                  <Td>
                    <Badge tone={TONE[item.outcome]}>{item.outcome}</Badge>
                  </Td>
                  <Td className="text-mute">{item.detail}</Td>
                </Tr>
              ))}
            </tbody>
          </Table>
          <More query={query} />
        </>
      )}
    </Dialog>
  );
}
