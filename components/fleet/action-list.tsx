import Link from 'next/link';
import type { AuditEvent } from '#lib/contracts/audit.ts';
import { clockTime, utcTime } from '#lib/client/format.ts';

/** The last audited actions in a line each. */
export function ActionList({ events }: { events: readonly AuditEvent[] }) {
  if (events.length === 0) return <p className="text-sm text-mute">Nobody did anything yet.</p>;
  return (
    <ul className="-mt-1">
      {events.map((event) => (
        <li key={event.sequence} className="flex gap-3 border-t border-line py-1.5 text-sm first:border-0">
          <time dateTime={event.at} title={utcTime(event.at)} className="shrink-0 text-mute">
            {clockTime(event.at)}
          </time>
          <span className="min-w-0 break-words">
            <b className="font-semibold">{event.actorName}</b>{' '}
            <span
              className={
                event.outcome === 'refused' ? 'font-medium text-bad' : event.outcome === 'failed' ? 'text-bad' : ''
              }
            >
              {event.outcome === 'refused'
                ? `was refused ${event.verb}`
                : event.outcome === 'failed'
                  ? `failed: ${event.verb}`
                  : event.verb}
            </span>{' '}
            {event.targetKind === 'application' && event.targetId !== '' ? (
              <Link href={`/applications/${event.targetId}`} className="text-accent hover:underline">
                {event.targetName}
              </Link>
            ) : (
              event.targetName
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
