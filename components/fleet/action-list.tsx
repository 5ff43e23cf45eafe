import Link from 'next/link';
import type { AuditEvent } from '#lib/contracts/audit.ts';
import { auditPhrase } from '#lib/contracts/audit-verbs.ts';
import { clockTime, utcTime } from '#lib/client/format.ts';
import { cn } from '#components/ui/class-names.ts';

/** The last audited actions in a sentence each. */
export function ActionList({ events }: { events: readonly AuditEvent[] }) {
  if (events.length === 0) return <p className="text-sm text-mute">Nobody did anything yet.</p>;
  return (
    <ul className="-mt-1">
      {collapsed(events).map(({ event, times }) => (
        <li key={event.sequence} className="flex gap-3 border-t border-line py-1.5 text-sm first:border-0">
          <time dateTime={event.at} title={utcTime(event.at)} className="shrink-0 text-mute">
            {clockTime(event.at)}
          </time>
          <Sentence event={event} times={times} />
        </li>
      ))}
    </ul>
  );
}

/** The same act again and again is one line with a count, at its latest time. */
function collapsed(events: readonly AuditEvent[]): { event: AuditEvent; times: number }[] {
  const lines: { event: AuditEvent; times: number }[] = [];
  for (const event of events) {
    const last = lines.at(-1);
    const again =
      last?.event.actorId === event.actorId &&
      last.event.verb === event.verb &&
      last.event.outcome === event.outcome &&
      last.event.targetId === event.targetId;
    if (last !== undefined && again) last.times++;
    else lines.push({ event, times: 1 });
  }
  return lines;
}

function Sentence({ event, times }: { event: AuditEvent; times: number }) {
  const { act, link, ending } = auditPhrase(event);
  return (
    <span className="min-w-0 break-words" title={event.reason === '' ? undefined : event.reason}>
      <b className="font-semibold">{event.actorName}</b>{' '}
      <span className={cn(event.outcome === 'failed' && 'text-bad')}>{act}</span>
      {link !== null && event.targetName !== '' && (
        <>
          {' '}
          {link}
          {event.targetKind === 'application' && event.targetId !== '' ? (
            <Link
              prefetch={false}
              href={`/applications/${event.targetId}`}
              className="text-accent underline decoration-current/40 underline-offset-2 hover:decoration-current"
            >
              {event.targetName}
            </Link>
          ) : (
            event.targetName
          )}
        </>
      )}
      {ending !== '' && <span className="font-medium text-bad"> {ending}</span>}
      {times > 1 && <span className="text-mute"> ×{times}</span>}
    </span>
  );
}
