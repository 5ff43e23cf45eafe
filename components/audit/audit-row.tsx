'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { AuditEvent } from '#lib/contracts/audit.ts';
import { auditSentence } from '#lib/contracts/audit-verbs.ts';
import { utcTime } from '#lib/client/format.ts';
import { StateBadge } from '#components/health/state-badge.tsx';
import { OUTCOME_LOOK } from '#components/health/acts.ts';
import { cn } from '#components/ui/class-names.ts';
import { CodeBlock, CopyButton } from '#components/ui/copy.tsx';
import { Td, Tr } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';

function hasDetail(detail: AuditEvent['detail']): boolean {
  return typeof detail === 'object' && detail !== null ? Object.keys(detail).length > 0 : detail !== null;
}

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
      <Tr className={cn('hover:bg-hover', event.outcome === 'refused' && 'bg-bad-soft/60')}>
        <Td className="whitespace-nowrap text-mute">
          <Time at={event.at} />
        </Td>
        <Td>
          <button
            type="button"
            title="Only this actor"
            onClick={() => onFilter({ actor: event.actorName })}
            className="text-left font-medium hover:underline max-md:min-h-6"
          >
            {event.actorName}
          </button>{' '}
          {event.actorKind !== 'user' && <span className="text-xs text-mute">{event.actorKind}</span>}
        </Td>
        <Td>
          <button
            type="button"
            title={`${auditSentence(event)}. Click: only this verb`}
            onClick={() => onFilter({ verb: event.verb })}
            className="text-left hover:underline max-md:min-h-6"
          >
            <code>{event.verb}</code>
          </button>
        </Td>
        <Td>
          <span className="text-xs text-mute">{event.targetKind}</span>{' '}
          {event.targetKind === 'application' && event.targetId !== '' ? (
            <Link href={`/applications/${event.targetId}`} className="text-accent underline underline-offset-2">
              {event.targetName}
            </Link>
          ) : (
            event.targetName
          )}
        </Td>
        <Td>
          <StateBadge look={OUTCOME_LOOK[event.outcome]} bare={event.outcome !== 'refused'} />
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
      </Tr>
      {open && (
        <Tr>
          <Td colSpan={7} className="bg-raise">
            <dl className="grid gap-x-6 gap-y-1 text-xs sm:grid-cols-[max-content_1fr]">
              <Pair name="Act" value={`${event.actorName}: ${auditSentence(event)}`} />
              <Pair name="Record" value={`#${event.sequence}`} />
              <Pair name="Time" value={utcTime(event.at)} />
              <Pair name="Actor" value={`${event.actorName} (${event.actorKind} ${event.actorId})`} />
              <Pair name="Target" value={`${event.targetName} (${event.targetKind} ${event.targetId})`} />
              {event.reason !== '' && <Pair name="Reason" value={event.reason} />}
              {event.requestId !== '' && <Pair name="Request id" value={event.requestId} copy />}
              {event.beforeHash !== null && <Pair name="Before" value={event.beforeHash} copy />}
              {event.afterHash !== null && <Pair name="After" value={event.afterHash} copy />}
            </dl>
            {hasDetail(event.detail) && (
              <div className="mt-2">
                <CodeBlock label={`details of record ${event.sequence}`} text={JSON.stringify(event.detail, null, 2)} />
              </div>
            )}
          </Td>
        </Tr>
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
