'use client';

import { useQuery } from '@tanstack/react-query';
import { ask } from '#lib/client/ask.ts';
import { objectWords } from '#lib/client/format.ts';
import { Advice } from '#components/health/advice.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Empty, Failure, Loading } from '#components/ui/states.tsx';
import { Table, Td, Th, Tr } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';

/** Kubernetes events of the application's objects, asked from the cluster now. */
export function EventsTab({ id }: { id: string }) {
  const query = useQuery({ ...ask('getEvents', { params: { id } }), staleTime: 5_000 });
  if (query.data === undefined) {
    return query.error === null ? (
      <Loading rows={6} label="Asking the cluster for events" />
    ) : (
      <Failure title="The cluster did not give its events" error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const { events, askedAt } = query.data;
  return (
    <div>
      <p className="mb-2 flex items-center gap-2 text-sm text-mute">
        Asked <Time at={askedAt} />
        <Button size="small" busy={query.isFetching} onClick={() => void query.refetch()}>
          Ask again
        </Button>
      </p>
      {query.error !== null && (
        <Failure title="The cluster does not answer; shown as asked before" error={query.error} className="mb-3" />
      )}
      {events.length === 0 ? (
        <Empty title="No events">Kubernetes keeps events for about an hour.</Empty>
      ) : (
        <div className="rounded-[10px] border border-line bg-surface">
          <Table stacked caption="Kubernetes events">
            <thead>
              <Tr>
                <Th>Type</Th>
                <Th>Object</Th>
                <Th>Reason</Th>
                <Th>Message</Th>
                <Th>Count</Th>
                <Th>Last</Th>
              </Tr>
            </thead>
            <tbody>
              {events.map((event) => (
                <Tr key={`${event.objectKey} ${event.reason} ${event.lastAt ?? ''} ${event.message}`}>
                  <Td>
                    <Badge tone={event.type === 'Warning' ? 'bad' : 'grey'}>{event.type}</Badge>
                  </Td>
                  <Td className="whitespace-nowrap">{objectWords(event.objectKey)}</Td>
                  <Td className="whitespace-nowrap">{event.reason}</Td>
                  <Td className="break-words">
                    {event.message}
                    <Advice diagnosis={event.diagnosis} className="mt-0.5" />
                  </Td>
                  <Td data-label="Count">{event.count}</Td>
                  <Td className="whitespace-nowrap text-mute">{event.lastAt !== null && <Time at={event.lastAt} />}</Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </div>
  );
}
