'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { AuditEvent } from '#lib/contracts/audit.ts';
import { utcTime } from '#lib/client/format.ts';
import { Badge } from '#components/ui/badge.tsx';
import { cn } from '#components/ui/class-names.ts';
import { CodeBlock, CopyButton } from '#components/ui/copy.tsx';
import { Td } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';

const TONE = { allowed: 'grey', refused: 'bad', succeeded: 'ok', failed: 'bad' } as const;

export function AuditRow({
  event,
  onFilter,
}: {
  event: AuditEvent;
  onFilter: (changed: { actor?: string; verb?: string }) => void;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <tr className="hover:bg-hover">
        <Td className="whitespace-nowrap text-mute">
          <Time at={event.at} />
        </Td>
        <Td>
          <button
            type="button"
            title="Only this actor"
            onClick={() => onFilter({ actor: event.actorName })}
            className="text-left font-medium hover:underline"
          >
            {event.actorName}
          </button>{' '}
          {event.actorKind !== 'user' && <span className="text-xs text-mute">{event.actorKind}</span>}
        </Td>
        <Td>
          <button
            type="button"
            title="Only this verb"
            onClick={() => onFilter({ verb: event.verb })}
            className="text-left hover:underline"
          >
            <code>{event.verb}</code>
          </button>
        </Td>
        <Td>
          <span className="text-xs text-mute">{event.targetKind}</span>{' '}
          {event.targetKind === 'application' && event.targetId !== '' ? (
            <Link href={`/applications/${event.targetId}`} className="text-accent hover:underline">
              {event.targetName}
            </Link>
          ) : (
            event.targetName
          )}
        </Td>
        <Td>
          <Badge tone={TONE[event.outcome]}>{event.outcome}</Badge>
        </Td>
        <Td className="max-w-100 truncate text-mute max-lg:hidden" title={event.reason}>
          {event.reason}
        </Td>
        <Td className="w-8">
          <button
            type="button"
            aria-expanded={open}
            aria-label={`${open ? 'Fold' : 'Unfold'} record ${event.sequence}`}
            onClick={() => setOpen(!open)}
            className="grid size-6 place-items-center rounded text-mute hover:bg-grey-soft"
          >
            <ChevronRight aria-hidden className={cn('size-4 transition-transform', open && 'rotate-90')} />
          </button>
        </Td>
      </tr>
      {open && (
        <tr>
          <Td colSpan={7} className="bg-raise">
            <dl className="grid gap-x-6 gap-y-1 text-xs sm:grid-cols-[max-content_1fr]">
              <Pair name="Record" value={`#${event.sequence}`} />
              <Pair name="Time" value={utcTime(event.at)} />
              <Pair name="Actor" value={`${event.actorName} (${event.actorKind} ${event.actorId})`} />
              <Pair name="Target" value={`${event.targetName} (${event.targetKind} ${event.targetId})`} />
              {event.reason !== '' && <Pair name="Reason" value={event.reason} />}
              <Pair name="Request" value={event.requestId} copy />
              {event.beforeHash !== null && <Pair name="Before" value={event.beforeHash} copy />}
              {event.afterHash !== null && <Pair name="After" value={event.afterHash} copy />}
            </dl>
            <div className="mt-2">
              <CodeBlock label={`details of record ${event.sequence}`} text={JSON.stringify(event.detail, null, 2)} />
            </div>
          </Td>
        </tr>
      )}
    </>
  );
}

function Pair({ name, value, copy = false }: { name: string; value: string; copy?: boolean }) {
  return (
    <>
      <dt className="text-mute">{name}</dt>
      <dd className="min-w-0 break-all">
        {copy ? <code>{value}</code> : value}
        {copy && <CopyButton text={value} label={`Copy ${name.toLowerCase()}`} />}
      </dd>
    </>
  );
}
